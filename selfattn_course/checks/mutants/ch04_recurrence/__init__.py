"""Wrong answers to the exercises of chapter 4."""
