// The one build definition: docker buildx bake -f docker/docker-bake.hcl

variable "REGISTRY" { default = "quayside.local" }
variable "VERSION" { default = "dev" }
variable "REVISION" { default = "" }
variable "CREATED" { default = "" }
variable "SOURCE" { default = "" }
variable "NODE_IMAGE" { default = "node:24-bookworm-slim" }

group "default" {
  targets = ["backend", "frontend"]
}

target "service" {
  context = "."
  target  = "production"
  args = {
    NODE_IMAGE = NODE_IMAGE
    VERSION    = VERSION
    REVISION   = REVISION
    CREATED    = CREATED
    SOURCE     = SOURCE
  }
}

target "backend" {
  inherits   = ["service"]
  dockerfile = "docker/backend.Dockerfile"
  tags       = ["${REGISTRY}/ecommerce-rag-backend:${VERSION}"]
}

target "frontend" {
  inherits   = ["service"]
  dockerfile = "docker/frontend.Dockerfile"
  tags       = ["${REGISTRY}/ecommerce-rag-frontend:${VERSION}"]
}
