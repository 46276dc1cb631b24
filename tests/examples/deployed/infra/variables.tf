variable "region" {
  description = "Where the registry of images stands."
  type        = string
}

locals {
  name = "greeter"
}

output "repository" {
  description = "Where the images go."
  value       = aws_ecr_repository.greeter.repository_url
}
