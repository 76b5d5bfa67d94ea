// The one build definition, for CI, tests and people: docker buildx bake -f docker/docker-bake.hcl
// Both names are the ones that docker-compose.prod.yml runs.

variable "REGISTRY" { default = "quayside.local" }
variable "VERSION" { default = "dev" }
variable "REVISION" { default = "" }
variable "CREATED" { default = "" }
variable "SOURCE" { default = "" }

// CI pins it: NODE_IMAGE=node:24-bookworm-slim@sha256:… (docs/shop.md says how).
variable "NODE_IMAGE" { default = "node:24-bookworm-slim" }

group "default" {
  targets = ["backend", "frontend"]
}

target "service" {
  context = "."
  target  = "production"
  args = {
    NODE_IMAGE  = NODE_IMAGE
    BASE_NAME   = regex_replace(NODE_IMAGE, "@.*$", "")
    BASE_DIGEST = regex_replace(NODE_IMAGE, "^[^@]*@?", "")
    VERSION     = VERSION
    REVISION    = REVISION
    CREATED     = CREATED
    SOURCE      = SOURCE
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
