"""What runs in the project's environment and tells what its modules declare: models, operations, schemas."""
