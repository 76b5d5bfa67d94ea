#!/usr/bin/env bash
# The one thing that CI's key may do on a server. In ~/.ssh/authorized_keys of the user who deploys:
#   restrict,command="/usr/local/bin/quayside-deploy" ssh-ed25519 AAAA...
# It takes `deploy VERSION BACKEND_DIGEST FRONTEND_DIGEST`, checks the signatures itself, and leaves lock, gate and return to
# quayside, whose exit status it gives back. /etc/quayside/deploy.env sets REGISTRY, DIRECTORY and IDENTITY.
set -euo pipefail

# shellcheck source=/dev/null
. "${QUAYSIDE_DEPLOY_ENV:-/etc/quayside/deploy.env}"

refuse() {
  echo "$1" >&2
  exit 2
}

read -r verb version backend frontend more <<<"${SSH_ORIGINAL_COMMAND:-}" || true
digest='^sha256:[0-9a-f]{64}$'
[ "$verb" = deploy ] || refuse 'Only: deploy VERSION BACKEND_DIGEST FRONTEND_DIGEST'
[[ $version =~ ^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$ ]] || refuse 'That is not a version.'
[[ $backend =~ $digest && $frontend =~ $digest && -z $more ]] || refuse 'Images are named by digest: sha256:...'

for image in "ecommerce-rag-backend@$backend" "ecommerce-rag-frontend@$frontend"; do
  cosign verify "$REGISTRY/$image" --certificate-identity "$IDENTITY" \
    --certificate-oidc-issuer https://token.actions.githubusercontent.com >/dev/null ||
    refuse "$image has no valid signature of $IDENTITY."
done

exec quayside -C "$DIRECTORY" --env production deploy "$version" --digest "backend=$backend" --digest "frontend=$frontend"
