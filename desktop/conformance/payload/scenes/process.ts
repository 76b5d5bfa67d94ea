import type { Scene } from '../scene.ts';

/** Command, environment, identity, health, labels, logging: D.2 Config and the plain parts of HostConfig. */
export const processScene: Scene = {
  name: 'process',
  services: {
    minimal: {},
    command: { command: ['sh', '-c', 'echo "$$HOME" && sleep 1'], working_dir: '/tmp' },
    shellCommand: { command: 'sh -c "sleep 5"', entrypoint: 'env --' },
    clearedEntrypoint: { entrypoint: [] },
    clearedCommand: { image: 'node:24-bookworm-slim', entrypoint: ['sleep', '9'], command: [] },
    identity: { hostname: 'h', domainname: 'd.example', user: '1000:1000' },
    named: { container_name: 'qs-test-tr-named' },
    environment: { environment: { A: '1', EMPTY: '', TAKEN: null, OUT: null, N: 1.5, B: true }, env_file: 'e.env' },
    terminal: { tty: true, stdin_open: true },
    stopping: { stop_signal: 'SIGUSR1', stop_grace_period: '1m1s500ms' },
    stopAtOnce: { stop_grace_period: '500ms' },
    health: {
      healthcheck: {
        test: 'true',
        interval: '1m30s',
        timeout: '3s',
        retries: 4,
        start_period: '5s',
        start_interval: '1s',
      },
    },
    healthList: { healthcheck: { test: ['CMD', 'true'], retries: 0 } },
    noHealth: { healthcheck: { disable: true } },
    noneHealth: { healthcheck: { test: ['NONE'] } },
    labels: { labels: { a: '1', b: '', 'com.example.x': 'y=z' }, annotations: { 'com.example.note': 'n' } },
    labelList: { labels: ['one', 'two=2'] },
    logging: { logging: { driver: 'json-file', options: { 'max-size': '10m', 'max-file': 3 } } },
    noLogging: { logging: { driver: 'none' } },
    optionsOnly: { logging: { options: { 'max-size': '1m' } } },
    dependent: {
      depends_on: {
        minimal: { condition: 'service_started', restart: true },
        health: { condition: 'service_healthy', required: false },
      },
    },
  },
  env: { TAKEN: 'from outside' },
  files: { 'e.env': 'A=file\nFROM_FILE="x y"\n' },
};

export const privilegeScene: Scene = {
  name: 'privileges',
  services: {
    capabilities: { cap_add: ['NET_ADMIN', 'SYS_TIME'], cap_drop: ['ALL'] },
    privileged: { privileged: true },
    readOnly: { read_only: true, tmpfs: ['/run', '/tmp:size=10m,mode=1777'] },
    oneTmpfs: { tmpfs: '/scratch' },
    groups: { group_add: ['audio', 1000] },
    init: { init: true },
    noInit: { init: false },
    security: { security_opt: ['no-new-privileges', 'apparmor=unconfined', 'label:disable'] },
    seccompOff: { security_opt: ['seccomp=unconfined'] },
    seccompFile: { security_opt: ['seccomp=./profile.json'] },
    seccompColon: { security_opt: ['seccomp:profile.json'] },
    systemPaths: { security_opt: ['systempaths=unconfined', 'no-new-privileges:true'] },
    namespaces: { ipc: 'shareable', pid: 'host', uts: 'host', userns_mode: 'host', cgroup: 'private' },
    runtime: { runtime: 'runc' },
    sysctls: { sysctls: { 'net.core.somaxconn': 1024, 'net.ipv4.tcp_syncookies': 0 } },
    sysctlList: { sysctls: ['net.core.somaxconn=512'] },
    restartAlways: { restart: 'always' },
    restartNo: { restart: 'no' },
    restartUnlessStopped: { restart: 'unless-stopped' },
    restartOnFailure: { restart: 'on-failure:5' },
    deployRestart: {
      restart: 'always',
      deploy: { restart_policy: { condition: 'on-failure', max_attempts: 3, delay: '5s' } },
    },
    deployRestartAny: { deploy: { restart_policy: { condition: 'any' } } },
    deployRestartNone: { deploy: { restart_policy: { condition: 'none' } } },
    deployRestartBare: { deploy: { restart_policy: { delay: '5s' } } },
  },
  files: {
    'profile.json': '{\n  "defaultAction": "SCMP_ACT_ALLOW",\n  "note": "a  b \\" c",\n  "list": [1, 2.50]\n}\n',
  },
};
