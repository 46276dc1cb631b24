"""Measured against public data that lies beside the project, and is never part of it."""
