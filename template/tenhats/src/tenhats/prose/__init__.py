"""Requirement prose, judged: pure functions from a sentence to the smells in it."""
