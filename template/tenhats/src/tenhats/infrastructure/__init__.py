"""Reading what a project says of the machines that it runs on: Dockerfiles, Compose files, manifests."""
