/** Lines such as pino writes them, 338 bytes in the mean, each with its number; the same ones every time. */
const messages = [
  'request completed',
  'proxied to backend',
  'payment authorised',
  'cache miss',
  'answered from the embedded store',
  'vector store slow',
  'orders service errored',
  'upstream timeout',
];
const paths = ['/api/chat', '/api/products', '/api/products/42', '/health/ready', '/assets/index.js', '/api/orders'];
const statuses = [200, 200, 200, 200, 200, 201, 204, 304, 404, 500];

const scramble = (value: number): number => {
  let x = Math.imul(value ^ (value >>> 16), 0x45d9f3b);
  x = Math.imul(x ^ (x >>> 16), 0x45d9f3b);
  return (x ^ (x >>> 16)) >>> 0;
};
const hex = (value: number): string => scramble(value).toString(16).padStart(8, '0');

/** The correlation id of line `n`: three lines share one. */
export function idOfLine(n: number): string {
  const request = Math.floor(n / 3);
  return `${hex(request)}-${hex(request + 7).slice(0, 4)}-4${hex(request + 11).slice(0, 3)}-a${hex(request + 13).slice(0, 3)}-${hex(request + 17)}${hex(request).slice(0, 4)}`;
}

/** Line `n` of the made-up log, without line end. */
export function lineOf(n: number): string {
  const random = scramble(n);
  const status = statuses[random % statuses.length] ?? 200;
  const level = status >= 500 ? 50 : status >= 400 ? 40 : random % 13 === 0 ? 20 : 30;
  const path = paths[(random >>> 8) % paths.length] ?? '';
  const message = messages[(random >>> 12) % messages.length] ?? '';
  const agent = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36'.slice(0, 20 + ((random >>> 16) % 20));
  return `{"level":${level},"time":${1_790_000_000_000 + n},"pid":1,"hostname":"7f3a9c21d4e5","service":"backend","seq":${n},"reqId":"${idOfLine(n)}","req":{"method":"GET","url":"${path}","remoteAddress":"172.20.0.${random % 254}","userAgent":"${agent}"},"res":{"statusCode":${status}},"responseTime":${(random >>> 3) % 997},"msg":"${message}"}`;
}
