"""What the tooling makes: the next specification, the next decision, the agents' files, a brief."""
