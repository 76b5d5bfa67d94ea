// The one build definition, for CI, tests and people: docker buildx bake -f docker/docker-bake.hcl
// Both names are the ones that docker-compose.prod.yml runs.

variable "REGISTRY" { default = "quayside.local" }
variable "VERSION" { default = "dev" }
variable "REVISION" { default = "" }
variable "CREATED" { default = "" }
variable "SOURCE" { default = "" }
variable "COMMIT_SUBJECT" { default = "" }
variable "COMMIT_AUTHOR" { default = "" }
variable "CI_RUN" { default = "" }

// Another platform than the engine's; several with commas, where the builder can.
variable "PLATFORM" { default = "" }
// Any value: with bill of materials and full provenance. The builder of the engine itself can do neither.
variable "ATTEST" { default = "" }
// Tag beside the images under which layers are kept from one build to the next.
variable "CACHE" { default = "" }

// CI pins it: NODE_IMAGE=node:24-bookworm-slim@sha256:… (docs/shop.md says how).
variable "NODE_IMAGE" { default = "node:24-bookworm-slim" }

group "default" {
  targets = ["backend", "frontend"]
}

target "service" {
  context   = "."
  target    = "production"
  platforms = PLATFORM == "" ? [] : split(",", PLATFORM)
  attest    = ATTEST == "" ? [] : ["type=sbom", "type=provenance,mode=max"]
  // What Quayside shows of a version, beside the labels that the Dockerfiles set.
  labels = {
    "dev.quayside.commit.subject" = COMMIT_SUBJECT
    "dev.quayside.commit.author"  = COMMIT_AUTHOR
    "dev.quayside.ci.run"         = CI_RUN
  }
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
  cache-from = CACHE == "" ? [] : ["type=registry,ref=${REGISTRY}/ecommerce-rag-backend:${CACHE}"]
  cache-to   = CACHE == "" ? [] : ["type=registry,ref=${REGISTRY}/ecommerce-rag-backend:${CACHE},mode=max"]
}

target "frontend" {
  inherits   = ["service"]
  dockerfile = "docker/frontend.Dockerfile"
  tags       = ["${REGISTRY}/ecommerce-rag-frontend:${VERSION}"]
  cache-from = CACHE == "" ? [] : ["type=registry,ref=${REGISTRY}/ecommerce-rag-frontend:${CACHE}"]
  cache-to   = CACHE == "" ? [] : ["type=registry,ref=${REGISTRY}/ecommerce-rag-frontend:${CACHE},mode=max"]
}
