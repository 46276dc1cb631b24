"""A shop that wants to know who stays."""
