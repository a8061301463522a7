"""How answers that have many right forms are judged, one module for each chapter."""
