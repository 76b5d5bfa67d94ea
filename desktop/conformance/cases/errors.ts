import { type Case, file, service } from '../case.ts';

/** A file that both tools refuse: where our message has to point, and what it has to speak of. */
export interface Refused extends Case {
  /** `compose.yml:LINE:COLUMN`. */
  readonly at: string;
  readonly says: readonly string[];
}

const refused = (one: Case, at: string, ...says: string[]): Refused => ({ ...one, at: `compose.yml:${at}`, says });
/** A service whose attributes begin on line 5. */
const bad = (name: string, body: string, at: string, says: string | string[], rest = ''): Refused =>
  refused(service(name, body, rest), at, ...(typeof says === 'string' ? [says] : says));
const top = (name: string, text: string, at: string, ...says: string[]): Refused =>
  refused(file(name, text), at, ...says);

/** Refused files: the reference refuses them too, and our message names place and meaning. */
export const errorCases: readonly Refused[] = [
  top('no image', 'name: x\nservices:\n  a: {command: x}\n', '3:6', 'service a', 'image', 'build'),
  bad('dockerfile twice', 'build: {dockerfile: D, dockerfile_inline: "FROM x"}', '5:25', [
    'dockerfile',
    'dockerfile_inline',
  ]),
  bad(
    'network_mode and networks',
    'network_mode: host\nnetworks: [n]',
    '5:19',
    ['network_mode', 'networks'],
    'networks: {n: }',
  ),
  bad('undefined network', 'networks: [nope]', '5:16', ['undefined network', 'nope']),
  bad('undefined volume', 'volumes: ["data:/data"]', '5:15', ['undefined volume', 'data']),
  bad('undefined secret', 'secrets: [nope]', '5:15', ['undefined secret', 'nope']),
  bad('undefined build secret', 'build: {secrets: [nope]}', '5:23', ['undefined secret', 'nope']),
  bad('undefined config', 'configs: [nope]', '5:15', ['undefined config', 'nope']),
  bad('undefined dependency', 'depends_on: [nope]', '5:18', ['depends on nope']),
  bad('undefined link', 'links: [nope]', '5:13', ['nope']),
  bad('undefined namespace', 'network_mode: "service:nope"', '5:19', ['nope']),
  bad('undefined volumes_from', 'volumes_from: [nope]', '5:20', ['nope']),
  bad('bad health check', 'healthcheck: {test: [curl, x]}', '5:25', ['health check', 'curl', 'a']),
  bad('replicas and scale', 'scale: 2\ndeploy: {replicas: 3}', '5:12', ['scale', 'deploy.replicas']),
  bad('cpus twice', 'cpus: 0.5\ndeploy: {resources: {limits: {cpus: "1"}}}', '5:11', [
    'cpus',
    'deploy.resources.limits.cpus',
  ]),
  bad('memory twice', 'mem_limit: 1g\ndeploy: {resources: {limits: {memory: 2g}}}', '5:16', [
    'mem_limit',
    'deploy.resources.limits.memory',
  ]),
  bad('reservation twice', 'mem_reservation: 1g\ndeploy: {resources: {reservations: {memory: 2g}}}', '5:22', [
    'mem_reservation',
    'deploy.resources.reservations.memory',
  ]),
  bad('processes twice', 'pids_limit: 5\ndeploy: {resources: {limits: {pids: 6}}}', '5:17', [
    'pids_limit',
    'deploy.resources.limits.pids',
  ]),
  bad(
    'container_name of two services',
    'container_name: same',
    '6:33',
    ['container_name', 'same'],
    '  b: {image: y, container_name: same}',
  ),
  refused(
    file('env file of unknown format', 'services: {a: {image: x, env_file: [{path: e.env, format: odd}]}}\n', {
      files: { 'e.env': 'A=1\n' },
    }),
    '1:36',
    'format',
    'odd',
  ),
  bad('container_name and scale', 'container_name: c\nscale: 2', '5:21', ['container_name']),
  bad('watch without target', 'develop: {watch: [{path: ./x, action: sync}]}', '5:23', ['target']),
  bad('secret without source', 'secrets: [s]', '6:14', ['secrets.s', 'file', 'environment'], 'secrets: {s: {}}'),
  bad(
    'config with two sources',
    'configs: [c]',
    '6:14',
    ['configs.c', 'content', 'file'],
    'configs: {c: {content: x, file: y}}',
  ),
  bad('config without source', 'configs: [c]', '6:14', ['configs.c'], 'configs: {c: {}}'),
  bad(
    'external with driver',
    'volumes: ["vv:/v"]',
    '6:40',
    ['volumes.vv', 'external', 'driver'],
    'volumes: {vv: {external: true, driver: local}}',
  ),
  bad(
    'count and device_ids',
    'deploy: {resources: {reservations: {devices: [{capabilities: [a], count: 1, device_ids: ["0"]}]}}}',
    '5:51',
    ['count', 'device_ids'],
  ),
  bad('bad host_ip', 'ports: [{target: 80, host_ip: nowhere}]', '5:13', ['nowhere', 'IP address']),
  bad('bad short host_ip', 'ports: ["nowhere:80:80"]', '5:13', ['nowhere', 'IP address']),
  bad('dependency on itself', 'depends_on: [a]', '5:18', ['circle', 'a -> a']),
  bad(
    'dependency circle',
    'depends_on: [b]',
    '5:18',
    ['circle', 'a -> b -> c -> a'],
    '  b: {image: y, depends_on: [c]}\n  c: {image: z, depends_on: [a]}',
  ),
  bad('dependency circle by links', 'links: [b]', '5:13', ['circle'], '  b: {image: y, links: [a]}'),
  bad(
    'dependency circle by namespaces',
    'network_mode: "service:b"',
    '5:19',
    ['circle'],
    '  b: {image: y, ipc: "service:a"}',
  ),
  top(
    'extends circle',
    'name: x\nservices:\n  a: {image: x, extends: b}\n  b: {extends: a}\n',
    '3:26',
    'circle',
    'a -> b -> a',
  ),
  bad('build platforms without the own one', 'platform: linux/arm64\nbuild: {platforms: [linux/amd64]}', '5:15', [
    'platform',
    'linux/arm64',
  ]),
  bad('unsupported external secret', 'secrets: [s]', '6:11', ['external', 'swarm'], 'secrets: {s: {external: true}}'),

  bad('unknown key', 'imagee: y', '5:5', ['imagee', 'services.a']),
  bad('unknown nested key', 'healthcheck: {tests: x}', '5:19', ['tests', 'services.a.healthcheck']),
  top('unknown key at the top', 'name: x\nservces: {}\nservices: {a: {image: x}}\n', '2:1', 'servces', 'top level'),
  bad('unknown key of a network', 'tty: true', '6:16', ['drvr', 'networks.n'], 'networks: {n: {drvr: x}}'),
  bad('wrong type', 'ports: {a: b}', '5:12', ['services.a.ports', 'list']),
  bad('list for a text', 'user: [a]', '5:11', ['services.a.user', 'text']),
  bad('number for a text', 'hostname: 5', '5:15', ['services.a.hostname', 'text']),
  bad('text for a map', 'deploy: x', '5:13', ['services.a.deploy', 'map']),
  bad('bad number', 'scale: "x"', '5:12', ['services.a.scale', 'whole number']),
  bad('bad truth', 'tty: "maybe"', '5:10', ['services.a.tty', 'true or false']),
  bad('bad duration', 'stop_grace_period: soon', '5:24', ['stop_grace_period', 'duration']),
  bad('duration as a number', 'healthcheck: {test: x, interval: 5}', '5:38', ['interval']),
  bad('bad size', 'mem_limit: much', '5:16', ['mem_limit', 'size']),
  bad(
    'word out of range',
    'depends_on: {b: {condition: healthy}}',
    '5:33',
    ['condition', 'healthy', 'service_healthy'],
    '  b: {image: y}',
  ),
  bad('missing condition', 'depends_on: {b: {restart: true}}', '5:21', ['condition'], '  b: {image: y}'),
  bad('ulimit without hard', 'ulimits: {nofile: {soft: 10}}', '5:23', ['hard']),
  bad('bad ports', 'ports: ["80:80/foo"]', '5:13', ['foo', 'protocol']),
  bad('unequal port ranges', 'ports: ["1-3:5-6"]', '5:13', ['range']),
  bad('port too large', 'ports: ["70000:80"]', '5:13', ['70000']),
  bad('bad volume', 'volumes: ["aa:/b:ro:x"]', '5:15', ['aa:/b:ro:x', 'colons']),
  bad('volume without type', 'volumes: [{source: a, target: /b}]', '5:15', ['type']),
  bad('same entry twice', 'security_opt: [a, a]', '5:23', ['security_opt', 'twice']),
  bad('unbalanced command', `command: "a 'b"`, '5:14', ['quotes']),
  bad('bad variable', 'user: "${S!x}"', '5:11', ['services.a.user', '${S!x}']),
  bad('required variable', 'user: "${R:?must be set}"', '5:11', ['R', 'must be set']),
  bad('extra host without address', 'extra_hosts: ["a"]', '5:19', ['a', 'address']),
  top('bad service name', 'name: x\nservices: {"a b": {image: x}}\n', '2:12', 'a b'),
  top('extends unknown', 'name: x\nservices: {a: {image: x, extends: b}}\n', '2:35', 'extends b'),
  top(
    'extends missing file',
    'name: x\nservices: {a: {image: x, extends: {service: b, file: no.yml}}}\n',
    '2:35',
    'no.yml',
  ),
  top('include missing', 'name: x\ninclude: [no.yml]\n', '2:11', 'no.yml'),
  top(
    'include circle',
    'name: x\ninclude: [compose.yml]\nservices: {a: {image: x}}\n',
    '2:11',
    'circle',
    'compose.yml',
  ),
  top('include is no list', 'name: x\ninclude: no.yml\nservices: {a: {image: x}}\n', '2:10', 'list'),
  bad('env file missing', 'env_file: no.env', '5:15', ['no.env']),
  top('broken YAML', 'services:\n  a: [\n', '3:1', 'YAML'),
  top('tab', 'services:\n\ta: x\n', '2:1', 'YAML'),
  top('duplicate key', 'name: x\nservices:\n  a:\n    image: x\n    image: y\n', '5:5', 'image', 'line 4'),
  top('unknown anchor', 'name: x\nservices: {a: *nope}\n', '2:15', 'nope'),
  top('number as key', 'name: x\nservices: {1: {image: x}}\n', '2:12', '1', 'not a text'),
  top('list at the top', '- a\n', '1:1', 'map'),
  top('empty file', '', '1:1', 'empty'),
  bad('circle of anchors', 'tty: true', '6:10', ['itself'], 'x-a: &a [*a]'),
  {
    ...refused(service('mounts at one place', 'volumes: ["./a:/x"]\ntmpfs: /x'), '6:12', '/x', 'twice'),
  },
];
