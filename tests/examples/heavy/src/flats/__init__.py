"""Flats and their rents."""
