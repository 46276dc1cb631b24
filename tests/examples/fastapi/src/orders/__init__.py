"""Takes orders over HTTP, and says what became of them."""
