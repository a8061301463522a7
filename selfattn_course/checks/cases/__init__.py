"""The calls on which answers are tried, one module per chapter."""
