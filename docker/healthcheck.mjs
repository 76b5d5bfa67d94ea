// Exit status 0 when the service on this container's own port answers 200 in time, else 1 with the reason.
const { PORT, HEALTHCHECK_PATH = '/health', HEALTHCHECK_TIMEOUT_MS = '2000' } = process.env;
const url = `http://127.0.0.1:${PORT}${HEALTHCHECK_PATH}`;

try {
  const response = await fetch(url, { signal: AbortSignal.timeout(Number(HEALTHCHECK_TIMEOUT_MS)) });
  await response.body?.cancel();
  console.log(`${url} answered ${response.status}`);
  process.exit(response.status === 200 ? 0 : 1);
} catch (error) {
  console.log(`${url}: ${error.cause?.message ?? error.message}`);
  process.exit(1);
}
