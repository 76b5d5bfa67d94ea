/** One way for a key to ask for something; the line that says it is marked. */
export interface RiskFixture {
  readonly key: string;
  readonly text: string;
  /** Quayside does not run this at all. */
  readonly refused?: true;
}

const service = (key: string, lines: string, more = ''): RiskFixture => ({
  key: `services.*.${key}`,
  text: `name: p\nservices:\n  a:\n    image: x\n${indented(lines)}\n${more}`,
});

const refused = (fixture: RiskFixture): RiskFixture => ({ ...fixture, refused: true });

const built = (key: string, lines: string): RiskFixture => ({
  key: `services.*.build.${key}`,
  text: `name: p\nservices:\n  a:\n    build:\n      context: ${key === 'context' ? '..   # here' : '.'}\n${lines.replace(/^/gm, '      ')}\n`,
});

const indented = (lines: string): string =>
  lines
    .split('\n')
    .map((line) => `    ${line}`.replace(/^ {4}$/, ''))
    .join('\n');

const hooks = ['pre_start', 'post_start', 'pre_stop'].flatMap((moment) => [
  service(`${moment}.*.command`, `${moment}:\n  - image: x\n    command: [echo]   # here`),
  service(`${moment}.*.privileged`, `${moment}:\n  - image: x\n    command: [echo]\n    privileged: true   # here`),
]);

const hostNamespaces = [
  ['network_mode', 'host'],
  ['pid', 'host'],
  ['ipc', 'host'],
  ['uts', 'host'],
  ['userns_mode', 'host'],
  ['cgroup', 'host'],
  ['privileged', 'true'],
  ['runtime', 'other'],
  ['cgroup_parent', '/system.slice'],
  ['cap_add', '[SYS_ADMIN]'],
  ['security_opt', '["seccomp:unconfined"]'],
  ['security_opt', '["label:disable"]'],
  ['security_opt', '["systempaths=unconfined"]'],
  ['device_cgroup_rules', '["c 1:3 mr"]'],
  ['volumes_from', '["container:other"]'],
  ['label_file', '../outside/labels'],
  ['container_name', 'mine'],
  ['restart', 'always'],
  ['user', 'root'],
  ['user', '"0:0"'],
].map(([key = '', value = '']) => service(key, `${key}: ${value}   # here`));

/** Every key that is red or amber, in at least one way. */
export const fixtures: readonly RiskFixture[] = [
  ...hostNamespaces,
  ...hooks.filter(({ key }) => !key.startsWith('services.*.pre_start')),
  ...hooks.filter(({ key }) => key.startsWith('services.*.pre_start')),
  service('sysctls', 'sysctls:\n  net.core.somaxconn: 1024   # here'),
  { key: 'services.*.image', text: 'name: p\nservices:\n  a:\n    image: x:1   # here\n' },
  // What is missing has no line of its own: it is shown where the service begins.
  {
    key: 'services.*.mem_limit',
    text: 'name: p\nservices:\n  a:\n    image: x@sha256:1   # here\n    pids_limit: 9\n',
  },
  {
    key: 'services.*.pids_limit',
    text: 'name: p\nservices:\n  a:\n    image: x@sha256:1   # here\n    mem_limit: 9m\n',
  },
  service('deploy.restart_policy.condition', 'deploy:\n  restart_policy:\n    condition: any   # here'),
  service(
    'deploy.resources.reservations.devices.*.capabilities',
    'deploy:\n  resources:\n    reservations:\n      devices:\n        - capabilities: [gpu]   # here',
  ),
  service('gpus.*.capabilities', 'gpus:\n  - capabilities: [gpu]   # here'),
  service('devices.*.source', 'devices:\n  - source: /dev/fuse   # here\n    target: /dev/fuse'),
  service('devices.*.target', 'devices:\n  - "/dev/fuse:/dev/other"   # here'),
  service('devices.*.permissions', 'devices:\n  - "/dev/fuse:/dev/fuse:r"   # here'),
  service('ports.*.host_ip', 'ports:\n  - "8080:80"   # here'),
  service('env_file.*.path', 'env_file:\n  - path: ../outside/vars.env   # here'),
  service('volumes.*.source', 'volumes:\n  - type: bind\n    source: /srv/data   # here\n    target: /x'),
  service('volumes.*.source', 'volumes:\n  - "../outside:/x"   # here'),
  service('volumes.*.source', 'volumes:\n  - "./sneaky:/x"   # here'),
  service('volumes.*.source', 'volumes:\n  - "/var/run/docker.sock:/s"   # here'),
  service('volumes.*.type', 'volumes:\n  - type: npipe   # here\n    source: pipe\n    target: /x'),
  service('develop.watch.*.path', 'develop:\n  watch:\n    - path: ../outside   # here\n      action: rebuild'),
  service(
    'develop.watch.*.exec.command',
    'develop:\n  watch:\n    - path: .\n      target: /x\n      action: sync+exec\n      exec:\n        command: [echo]   # here',
  ),
  service(
    'develop.watch.*.exec.privileged',
    'develop:\n  watch:\n    - path: .\n      target: /x\n      action: sync+exec\n      exec:\n        command: [echo]\n        privileged: true   # here',
  ),
  built('context', ''),
  {
    key: 'services.*.build.context',
    text: 'name: p\nservices:\n  a:\n    build: https://example.org/x.git   # here\n',
  },
  { key: 'services.*.build.context', text: 'name: p\nservices:\n  a:\n    build: "git@example.org:x.git"   # here\n' },
  built('dockerfile', 'dockerfile: ../outside/Dockerfile   # here'),
  built('dockerfile', 'dockerfile: foreign.Dockerfile   # here'),
  built('dockerfile_inline', 'dockerfile_inline: "# syntax=example.org/evil:1\\nFROM scratch"   # here'),
  built('additional_contexts', 'additional_contexts:\n  more: ../outside   # here'),
  built('additional_contexts', 'additional_contexts:\n  more: https://example.org/x.tar   # here'),
  built('ssh', 'ssh: [default]   # here'),
  built('entitlements', 'entitlements: [security.insecure]   # here'),
  built('privileged', 'privileged: true   # here'),
  built('network', 'network: host   # here'),
  { key: 'configs.*.file', text: filed('configs') },
  { key: 'secrets.*.file', text: filed('secrets') },
  service(
    'volumes.*.source',
    'volumes: [data:/d]',
    'volumes:\n  data:\n    driver_opts:\n      type: none\n      o: bind\n      device: /srv/data   # here\n',
  ),
  {
    key: 'volumes.*.driver_opts.*',
    text: 'name: p\nservices: {a: {image: x, volumes: [data:/d]}}\nvolumes:\n  data:\n    driver_opts:\n      type: none\n      o: bind\n      device: /srv/data   # here\n',
  },
  {
    key: 'networks.*.name',
    text: 'name: p\nservices: {a: {image: x, networks: [n]}}\nnetworks:\n  n:\n    external: true\n    name: host   # here\n',
  },
  refused(service('use_api_socket', 'use_api_socket: true   # here')),
  refused(service('provider.type', 'provider:   # here\n  type: ./run.sh')),
  refused(service('provider.options.*', 'provider:   # here\n  type: ./run.sh\n  options: {a: b}')),
  ...['config', 'file', 'registry'].map((key) =>
    refused(service(`credential_spec.${key}`, `credential_spec:   # here\n  ${key}: x`)),
  ),
  refused(service('extends.file', 'extends:\n  service: b   # here\n  file: https://example.org/x.yml')),
  refused({
    key: 'include.*.path',
    text: 'name: p\ninclude:\n  - https://example.org/x.yml   # here\nservices: {a: {image: x}}\n',
  }),
  refused({
    key: 'include.*.path',
    text: 'name: p\ninclude:\n  - oci://example.org/x:1   # here\nservices: {a: {image: x}}\n',
  }),
];

function filed(section: string): string {
  return `name: p\nservices: {a: {image: x, ${section}: [s]}}\n${section}:\n  s:\n    file: ../outside/vars.env   # here\n`;
}
