#!/usr/bin/env bash
# Has a server deploy two images by digest. The server's key may do nothing else (scripts/server/quayside-deploy.sh).
# Reads DEPLOY_TARGET (user@host), DEPLOY_HOST_KEY (a line of known_hosts), DEPLOY_KEY, VERSION, BACKEND and FRONTEND (digests).
set -euo pipefail
umask 077

for name in DEPLOY_TARGET DEPLOY_HOST_KEY DEPLOY_KEY VERSION BACKEND FRONTEND; do
  [ -n "${!name:-}" ] || { echo "$name is not set for this environment: see docs/releasing.md." >&2; exit 2; }
done

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
printf '%s\n' "$DEPLOY_KEY" >"$folder/key"
printf '%s\n' "$DEPLOY_HOST_KEY" >"$folder/known_hosts"

status=0
ssh -F none -i "$folder/key" -p "${DEPLOY_PORT:-22}" \
  -o BatchMode=yes -o IdentitiesOnly=yes -o StrictHostKeyChecking=yes -o ConnectTimeout=20 -o ServerAliveInterval=15 \
  -o UserKnownHostsFile="$folder/known_hosts" -o GlobalKnownHostsFile=none \
  -- "$DEPLOY_TARGET" "deploy $VERSION $BACKEND $FRONTEND" || status=$?

case $status in
  0) outcome=deployed ;;
  4) outcome=returned ;;
  6) outcome=locked ;;
  255) outcome=unreachable ;;
  *) outcome=failed ;;
esac
echo "$VERSION: $outcome"
[ -z "${GITHUB_OUTPUT:-}" ] || echo "outcome=$outcome" >>"$GITHUB_OUTPUT"
exit "$status"
