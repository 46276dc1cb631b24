"""One module a fact: reading and measuring. The only code that touches files, git and processes."""
