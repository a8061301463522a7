"""Wrong answers to the exercises of chapter 5."""
