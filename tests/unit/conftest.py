"""The same examples every time, no more than are worth the wait, and none thrown out for being slow."""

from hypothesis import settings

settings.register_profile("unit", deadline=None, max_examples=60, database=None, derandomize=True)
settings.load_profile("unit")
