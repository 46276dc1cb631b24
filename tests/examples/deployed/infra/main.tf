terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 6.0" }
  }
}

provider "aws" {
  region = var.region
}

resource "aws_ecr_repository" "greeter" {
  name                 = local.name
  image_tag_mutability = "IMMUTABLE"
}
