"""Specifications that nobody should write: what reads and judges them must neither fall nor hang."""
