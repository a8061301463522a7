"""What a construction has to do, tried out on the student's own design."""
