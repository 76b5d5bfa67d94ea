import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadModel, serviceHash } from '#engine/compose/index.ts';
import { median, report, run, timed } from './support/measure.ts';

/** Loading 200 services and hashing each, against `docker compose config` on the same file. */
const count = 200;
const rounds = 7;

const service = (index: number): string => `  s${index}:
    image: "registry.example.com/team/service-${index}:\${TAG:-1.0}"
    command: ["node", "server.js", "--port", "80${index}"]
    environment:
      LOG_LEVEL: info
      INDEX: ${index}
      URL: http://s${index > 0 ? index - 1 : 0}:8000/path?x=1
      FROM_FILE: "\${FROM_FILE:-none}"
    ports:
      - "127.0.0.1:${20_000 + index}:8000"
    volumes:
      - data${index}:/var/lib/data
      - ./config/${index}:/etc/app:ro
    networks: [front, back]
    labels:
      com.example.team: shop
      com.example.index: "${index}"
    healthcheck:
      test: ["CMD", "curl", "-f", "http://localhost:8000/health"]
      interval: 5s
      timeout: 3s
      retries: 5
    deploy:
      resources:
        limits: {cpus: "0.5", memory: 256m}
    restart: unless-stopped
${index > 0 ? `    depends_on:\n      s${index - 1}: {condition: service_healthy}\n` : ''}`;

const names = Array.from({ length: count }, (_, index) => index);
const text = `name: qs-bench-load
services:
${names.map(service).join('')}networks: {front: , back: {internal: true}}
volumes:
${names.map((index) => `  data${index}:\n`).join('')}`;

const directory = await mkdtemp(join(tmpdir(), 'qs-bench-load-'));
const file = join(directory, 'compose.yml');
const quayside = fileURLToPath(new URL('../bin/quayside.mjs', import.meta.url));

async function loadAndHash(): Promise<number> {
  const begun = performance.now();
  const model = await loadModel({ directory, files: [file], envFiles: [], profiles: [], env: process.env });
  for (const one of model.services.values()) serviceHash(one, 'P2');
  return performance.now() - begun;
}

try {
  await writeFile(file, text);
  const reference: number[] = [];
  const warm: number[] = [];
  const whole: number[] = [];
  await loadAndHash();
  for (let round = 0; round < rounds; round++) {
    reference.push(await timed('docker', ['compose', '-f', file, 'config', '--format', 'json']));
    warm.push(await loadAndHash());
    whole.push(await timed(process.execPath, [quayside, '-C', directory, '-f', file, 'config', '--format', 'json']));
  }
  const theirs = median(reference);
  const version = (await run('docker', ['compose', 'version', '--short'])).trim();
  report(
    `load and hash of ${count} services in a warm process / docker compose ${version} config`,
    median(warm) / theirs,
    0.5,
    'x',
    `ours ${median(warm).toFixed(0)} ms, theirs ${theirs.toFixed(0)} ms`,
  );
  process.stdout.write(
    `     for comparison, \`quayside config\` as a whole process: ${median(whole).toFixed(0)} ms, ${(median(whole) / theirs).toFixed(2)} x\n`,
  );
} finally {
  await rm(directory, { recursive: true, force: true });
}
