"""Applications: opened with their case, moved by it."""
