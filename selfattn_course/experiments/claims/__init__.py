"""What popular articles say of attention, put on trial: one module of CLAIMS for each chapter."""
