"""Lends books, and takes them back."""
