"""What keeps the house in order: the checks and the commands behind ``dev.py``."""
