import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { must } from '../lib/run.mjs';
import { Trouble } from '../lib/trouble.mjs';

/** `10.1.2.3/24` as `[first, last]` address numbers. */
function range(cidr) {
  const [address, bits = '32'] = cidr.split('/');
  const number = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  const size = 2 ** (32 - Number(bits));
  const first = Math.floor(number / size) * size;
  return [first, first + size - 1];
}

/** Whether two address ranges share an address. */
export function overlap(a, b) {
  const [firstA, lastA] = range(a);
  const [firstB, lastB] = range(b);
  return firstA <= lastB && firstB <= lastA;
}

/** The first of the private /16 ranges, begun at a place that `id` decides, which no route of this machine uses. */
export function choosePool(id, used) {
  const candidates = [
    ...Array.from({ length: 100 }, (_, n) => `10.${150 + n}.0.0/16`),
    ...Array.from({ length: 8 }, (_, n) => `172.${24 + n}.0.0/16`),
  ];
  const start = Number.parseInt(id, 16) % 100;
  const order = [...candidates.slice(start, 100), ...candidates.slice(0, start), ...candidates.slice(100)];
  return order.find((pool) => !used.some((route) => overlap(pool, route)));
}

async function routes() {
  const list = JSON.parse(await must('ip', ['-j', '-4', 'route', 'show', 'table', 'all']));
  return list.map(({ dst }) => dst).filter((dst) => /^\d/.test(dst) && dst !== '0.0.0.0/0');
}

/** Whether a TCP port of the loopback interface can be listened on. Port 0 gives any free one. */
export function freePort(port = 0) {
  return new Promise((resolve) => {
    const server = createServer();
    server.on('error', () => resolve(undefined));
    server.listen(port, '127.0.0.1', () => {
      const found = server.address().port;
      server.close(() => resolve(found));
    });
  });
}

/** What this testbed chose when it was last started; undefined when it never was. */
export function readSettings(place) {
  return existsSync(place.settings) ? JSON.parse(readFileSync(place.settings, 'utf8')) : undefined;
}

/**
 * Chooses bridge, addresses and registry port, keeping the last choice where it still is free. To be called while
 * neither engine nor registry of this testbed runs (`running` names those which do: their part is kept as it is).
 */
export async function chooseSettings(place, running) {
  const last = readSettings(place);
  const used = running.engine ? [] : await routes();
  const free = last?.pool && !used.some((route) => overlap(last.pool, route));
  const pool = free ? last.pool : choosePool(place.id, used);
  if (!pool)
    throw new Trouble('Every private address range is in use on this machine.', 'Remove networks that are not needed.');
  const port = running.registry ? last.registryPort : ((await freePort(last?.registryPort)) ?? (await freePort()));
  const settings = {
    bridge: `qst-${place.id}`,
    pool,
    gateway: `${pool.replace('.0.0/16', '.0.1')}/24`,
    registryPort: port,
  };
  writeFileSync(`${place.settings}.new`, `${JSON.stringify(settings, null, 2)}\n`);
  renameSync(`${place.settings}.new`, place.settings);
  return settings;
}
