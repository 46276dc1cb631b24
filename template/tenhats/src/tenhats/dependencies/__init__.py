"""What is shipped with a project: the licences of its dependencies, and the bill of materials."""
