"""For every rule a small change to a clean project that turns exactly that rule red."""
