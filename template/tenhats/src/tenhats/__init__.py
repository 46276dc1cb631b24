"""The gate tooling: files → facts → rules → findings → verdicts → reports."""

__version__ = "0.1.0"
