"""What the command line does, one module per command. Only these, and `cli`, see every layer."""
