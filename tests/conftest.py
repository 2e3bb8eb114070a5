"""How properties are tried: the same examples on every machine, and no clock in a test."""

from hypothesis import settings

settings.register_profile("house", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("house")
