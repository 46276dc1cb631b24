"""Reading Python sources for what they do, without importing them."""
