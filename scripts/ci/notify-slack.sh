#!/usr/bin/env bash
# Tells a Slack channel how a deployment ended. Reads SLACK_WEBHOOK_URL (nothing is sent without), OUTCOME, TARGET and VERSION.
set -euo pipefail

[ -n "${SLACK_WEBHOOK_URL:-}" ] || { echo 'SLACK_WEBHOOK_URL is not set: nobody is told.'; exit 0; }

case ${OUTCOME:-} in
  deployed) text="$TARGET: $VERSION runs, and was verified." ;;
  returned) text="$TARGET: $VERSION did not get healthy. What ran before was brought back and runs." ;;
  locked) text="$TARGET: $VERSION was not deployed, because another deployment holds the lock." ;;
  unreachable) text="$TARGET: $VERSION was not deployed, because the server cannot be reached." ;;
  *) text="$TARGET: the deployment of $VERSION failed. Somebody has to look." ;;
esac

url="${GITHUB_SERVER_URL:-}/${GITHUB_REPOSITORY:-}/actions/runs/${GITHUB_RUN_ID:-}"
body=$(TEXT="$text $url" node --print 'JSON.stringify({ text: process.env.TEXT })')
# By a file descriptor: arguments can be seen by every process of the machine.
printf 'url = "%s"\n' "$SLACK_WEBHOOK_URL" |
  curl --config - --fail --silent --show-error --max-time 20 --retry 3 --header 'content-type: application/json' --data "$body" >/dev/null
echo "$text"
