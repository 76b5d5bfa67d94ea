import { readFileSync } from 'node:fs';
import type { KnownDifference } from '../area.ts';
import type { Part, Scenario, Version } from './scenario.ts';

const small = 'qs-test-debian:bookworm';
const other = 'node:24-bookworm-slim';

const idle = (more: Part = {}): Part => ({
  image: small,
  init: true,
  command: ['sleep', '1000'],
  stop_grace_period: '1s',
  ...more,
});

const one = (more: Part = {}, rest: Omit<Version, 'services'> = {}): Version => ({
  services: { a: idle(more) },
  ...rest,
});

/** A change to the only service. */
const change = (name: string, before: Part, after: Part, rest: Partial<Scenario> = {}): Scenario => ({
  name,
  before: one(before),
  after: one(after),
  ...rest,
});

const networks = (options: Part): Version => one({ networks: ['front'] }, { networks: { front: options } });
const content = (text: string): Version => one({ configs: ['c'] }, { configs: { c: { content: text } } });
const file = (text: string): Version =>
  one({ secrets: ['s'] }, { secrets: { s: { file: './s.txt' } }, files: { 's.txt': text } });

/** What docker compose forgets is the same for its own projects; Quayside goes by the labels. */
const unnamed = (kind: string): KnownDifference => ({
  because: `docker compose leaves ${kind} that the files no longer name; Quayside takes them down, too`,
});

const manySettings = (value: string): Part => ({
  user: '1000:1000',
  working_dir: '/tmp',
  hostname: `h${value}`,
  read_only: true,
  tmpfs: ['/run:size=1m'],
  cap_drop: ['ALL'],
  cap_add: ['NET_BIND_SERVICE'],
  security_opt: ['no-new-privileges:true'],
  ulimits: { nproc: 100, nofile: { soft: 100, hard: 200 } },
  extra_hosts: ['one:127.0.0.1', 'two:::1'],
  dns: ['127.0.0.1'],
  sysctls: { 'net.ipv4.ip_unprivileged_port_start': 80 },
  shm_size: '1m',
  logging: { driver: 'json-file', options: { 'max-size': `${value}m` } },
  expose: ['80', '81/udp'],
  stop_signal: 'SIGKILL',
  annotations: { a: value },
});

const sources = (value: string): Version =>
  one(
    {
      secrets: [{ source: 's', target: 'named', mode: 0o400 }],
      configs: [{ source: 'c', target: '/etc/c', uid: '1' }],
      environment: { VALUE: value },
    },
    {
      secrets: { s: { environment: 'SECRET' } },
      configs: { c: { file: './c.txt' } },
      files: { 'c.txt': 'unchanged' },
      env: { SECRET: 'unchanged' },
    },
  );

const built = (value: string): Version =>
  one(
    { image: undefined, build: '.', environment: { VALUE: value } },
    { files: { Dockerfile: `FROM ${small}\nLABEL a=b\n` }, env: { DOCKER_BUILDKIT: '0' } },
  );

/** A compose file of the shop, on an image that is here, with ports that the engine chooses. */
function shop(file: string): Scenario {
  const instead = idle({ healthcheck: { test: ['CMD', 'true'] } });
  const at = (level: string): Version => ({
    services: { backend: instead, frontend: instead },
    files: { [file]: readFileSync(new URL(`../../../${file}`, import.meta.url), 'utf8') },
    use: [file, 'compose.yml'],
    env: { BACKEND_PORT: '0', FRONTEND_PORT: '0', LOG_LEVEL: level },
  });
  return { name: file, before: at('info'), after: at('debug') };
}

/** Projects and changes to them that one tool begins and the other goes on with. */
export const scenarios: readonly Scenario[] = [
  change('image', {}, { image: other }),
  {
    name: 'moved tag',
    before: { ...one({ image: '{project}:1' }), tagged: small },
    after: { ...one({ image: '{project}:1' }), tagged: other },
  },
  change('environment', { environment: { A: '1' } }, { environment: { A: '2', B: 'x' } }),
  change('ports', { ports: ['127.0.0.1::80'] }, { ports: ['127.0.0.1::80', '127.0.0.1::81/udp'] }),
  change('labels', { labels: { a: '1' } }, { labels: { a: '2' } }),
  change('command and limits', { mem_limit: '64m' }, { command: ['sleep', '999'], mem_limit: '32m', cpus: 0.5 }),
  change('scale up', { scale: 1 }, { scale: 3 }),
  change('scale down', { deploy: { replicas: 3 } }, { deploy: { replicas: 1 } }),
  {
    name: 'network added',
    before: one({ networks: ['front'] }, { networks: { front: {} } }),
    after: one({ networks: { front: { aliases: ['x'] }, back: null } }, { networks: { front: {}, back: {} } }),
  },
  {
    name: 'network changed',
    before: networks({}),
    after: networks({ internal: true, labels: { a: 'b' } }),
    differs: {
      'ours, changed and brought up by them, is found in order': {
        until: '2.31',
        because: 'older versions of docker compose leave a changed network as it is',
      },
    },
  },
  {
    name: 'volume added',
    before: one(),
    after: one({ volumes: ['data:/data', '/anon'] }, { volumes: { data: {} } }),
  },
  {
    name: 'anonymous volume kept',
    before: one({ volumes: ['/anon', './s:/s'] }, { files: { 's/here': '' } }),
    after: one({ volumes: ['/anon', './s:/s'], environment: { NEW: '1' } }, { files: { 's/here': '' } }),
  },
  {
    name: 'orphan',
    before: { services: { a: idle(), gone: idle() } },
    after: one(),
    removeOrphans: true,
  },
  {
    name: 'service added',
    before: one(),
    after: { services: { a: idle(), b: idle({ depends_on: { a: { condition: 'service_started', restart: true } } }) } },
  },
  {
    name: 'profile',
    before: { services: { a: idle(), extra: idle({ profiles: ['more'] }) } },
    after: { services: { a: idle(), extra: idle({ profiles: ['more'] }) }, profiles: ['more'] },
  },
  {
    name: 'shared namespaces',
    before: { services: { a: idle(), b: idle({ network_mode: 'service:a' }), c: idle({ volumes_from: ['a'] }) } },
    after: {
      services: {
        a: idle({ environment: { NEW: '1' } }),
        b: idle({ network_mode: 'service:a' }),
        c: idle({ volumes_from: ['a'] }),
      },
    },
  },
  {
    name: 'health and dependency',
    before: {
      services: {
        a: idle({ healthcheck: { test: ['CMD', 'true'], interval: '1s' } }),
        b: idle({ depends_on: { a: { condition: 'service_healthy' } } }),
      },
    },
    after: {
      services: {
        a: idle({ healthcheck: { test: ['CMD', 'true'], interval: '2s' } }),
        b: idle({ depends_on: { a: { condition: 'service_healthy' } } }),
      },
    },
  },
  { name: 'content of a secret file', before: file('one'), after: file('two') },
  {
    name: 'content of a config',
    before: content('one'),
    after: content('two'),
    differs: {
      'ours, changed and brought up by them, is found in order': {
        because: 'docker compose does not see that the content changed; Quayside would bring it into the container',
      },
    },
  },
  change('container name', {}, { container_name: '{project}-own' }),
  change('restart policy', {}, { restart: 'unless-stopped' }),
  change('network mode', { network_mode: 'none' }, { network_mode: 'host' }),
  change('many settings', manySettings('1'), manySettings('2')),
  {
    name: 'network left',
    before: networks({}),
    after: one({ networks: ['back'] }, { networks: { back: {} } }),
    differs: { 'ours, taken down by them, leaves nothing': unnamed('networks') },
  },
  {
    name: 'volume left',
    before: one({ volumes: ['data:/data'] }, { volumes: { data: {} } }),
    after: one(),
    differs: { 'ours, taken down by them, leaves nothing': unnamed('volumes') },
  },
  {
    name: 'profile left',
    before: { services: { a: idle(), extra: idle({ profiles: ['more'] }) }, profiles: ['more'] },
    after: { services: { a: idle(), extra: idle({ profiles: ['more'] }) }, profiles: [] },
    differs: {
      'ours, taken down by them, leaves nothing': {
        because: 'docker compose leaves services whose profile is not on; Quayside takes the whole project down',
      },
    },
  },
  {
    name: 'secrets and configs of every source',
    before: sources('one'),
    after: sources('two'),
  },
  { name: 'built image', before: built('1'), after: built('2') },
  shop('docker-compose.dev.yml'),
  shop('docker-compose.prod.yml'),
];
