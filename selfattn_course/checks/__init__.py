"""What students are asked, and how an answer is judged: one module per chapter."""
