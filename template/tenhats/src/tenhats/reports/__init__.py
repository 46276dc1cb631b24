"""One module an audience. A report says what was found; it computes nothing."""
