"""The part of the sandbox that runs inside it: it imports nothing of the course package."""
