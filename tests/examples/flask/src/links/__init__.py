"""Keeps short names for long addresses."""
