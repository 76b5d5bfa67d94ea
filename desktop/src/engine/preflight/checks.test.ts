import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Finding, QuaysideError } from '#contract/index.ts';
import type { ContainerSummary, DockerGateway, EngineMachine } from '#engine/docker/index.ts';
import { freePort } from '#testing/free-port.ts';
import { type FakeEngineFacts, fakeGateway, preflightInput } from '#testing/preflight-input.ts';
import type { Check } from './check.ts';
import { bindPathsCheck } from './checks/bind-paths.ts';
import { clockFinding } from './checks/clock.ts';
import { roomFinding } from './checks/disk.ts';
import { unanswered } from './checks/engine.ts';
import { isDockerInstalled } from './checks/engine-installed.ts';
import { startCommand } from './checks/engine-start.ts';
import { envFileCheck } from './checks/env-file.ts';
import { imagesCheck } from './checks/images.ts';
import { limitsCheck } from './checks/limits.ts';
import { namesCheck } from './checks/names.ts';
import { platformCheck } from './checks/platform.ts';
import { lsofOwner, powerShellOwner } from './checks/port-owner-commands.ts';
import { inodesIn } from './checks/port-owner-proc.ts';
import { portsCheck } from './checks/ports.ts';
import { variablesCheck } from './checks/variables.ts';

const GIB = 1024 ** 3;
let directory: string;
const servers: Server[] = [];

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'qs-test-preflight-'));
});
afterEach(async () => {
  for (const server of servers.splice(0)) server.close();
  await rm(directory, { recursive: true, force: true });
});

const write = (name: string, text: string) => writeFile(join(directory, name), text);

interface Given {
  readonly engine?: FakeEngineFacts | undefined;
  readonly env?: Record<string, string>;
}

async function found(check: Check, compose: string, { engine = {}, env = {} }: Given = {}): Promise<Finding[]> {
  await write('compose.yaml', compose);
  const gateway: DockerGateway = fakeGateway(engine);
  return check.run(await preflightInput(directory, () => Promise.resolve(gateway), env));
}

const web = (lines: string): string => `services:\n  web:\n    image: shop:1\n${lines}`;
const titles = (findings: readonly Finding[]): string[] =>
  findings.map(({ severity, title }) => `${severity} ${title}`);

describe('an engine that does not answer', () => {
  const down = { code: 'ENGINE_DOWN' as const, message: 'There is no Docker Engine at x.', remedy: 'Start it.' };
  const facts = { url: 'unix:///var/run/docker.sock', platform: 'linux' as const, installed: true, usual: true };

  test('is not installed where nothing of it is here, and nobody named another', () => {
    const none = unanswered(down, { ...facts, installed: false });
    expect(none).toMatchObject({ severity: 'blocker', title: 'Docker is not installed on this machine' });
    expect(none.remedy).toContain('https://docs.docker.com/engine/install/');
    expect(unanswered(down, { ...facts, installed: false, platform: 'win32' }).remedy).toContain('windows-install');
    expect(unanswered(down, { ...facts, installed: false, usual: false }).title).toBe(down.message);
  });

  test.each([
    ['unix:///var/run/docker.sock', 'linux', 'sudo systemctl start docker'],
    ['unix:///run/user/1000/docker.sock', 'linux', 'systemctl --user start docker'],
    ['unix:///home/ann/.docker/desktop/docker.sock', 'linux', 'docker desktop start'],
    ['unix:///var/run/docker.sock', 'darwin', 'docker desktop start'],
    ['npipe:////./pipe/docker_engine', 'win32', 'docker desktop start'],
    ['unix:///Users/ann/.colima/default/docker.sock', 'darwin', 'colima start'],
    ['unix:///run/user/1000/podman/podman.sock', 'linux', 'systemctl --user start podman.socket'],
    ['tcp://10.0.0.7:2376', 'linux', undefined],
    ['ssh://ann@host', 'linux', undefined],
  ] as const)('%s on %s is started by %s', (url, platform, command) => {
    expect(startCommand({ ...facts, url, platform })).toBe(command);
    const { repairs } = unanswered(down, { ...facts, url, platform });
    expect(repairs).toEqual(command === undefined ? undefined : [{ kind: 'command', label: 'Start Docker', command }]);
  });

  test('one that is starting or too old has nothing to run; one that is forbidden has', () => {
    for (const code of ['ENGINE_STARTING', 'ENGINE_TOO_OLD'] as const)
      expect(unanswered({ ...down, code }, facts)).not.toHaveProperty('repairs');
    expect(unanswered({ ...down, code: 'ENGINE_PERMISSION' }, facts).repairs).toMatchObject([
      { command: 'sudo usermod -aG docker "$USER"' },
    ]);
  });

  test('a program of that name in a folder of the path is an installed one', async () => {
    expect(await isDockerInstalled({ PATH: directory }, 'freebsd')).toBe(false);
    await write('docker', '');
    expect(await isDockerInstalled({ PATH: `/nowhere:${directory}` }, 'freebsd')).toBe(true);
    expect(await isDockerInstalled({}, 'freebsd')).toBe(false);
  });
});

describe('env file and variables', () => {
  test('a missing file is made of the example, as a form', async () => {
    await write('.env.example', 'TOKEN=\n');
    expect(await found(envFileCheck, web('    hostname: ${TOKEN:?ask the team}\n'))).toMatchObject([
      { severity: 'warning', repairs: [{ kind: 'env-form', file: '.env', example: '.env.example' }] },
    ]);
    await write('.env', 'TOKEN=x\n');
    expect(titles(await found(envFileCheck, web('')))).toEqual(['ok The file .env is there']);
  });

  test('the form is offered as well where a service is given the file that is missing', async () => {
    await write('.env.example', 'TOKEN=\n');
    const [file] = await found(envFileCheck, web('    env_file: .env\n'));
    expect(file).toMatchObject({ severity: 'warning', repairs: [{ kind: 'env-form' }] });
  });

  test('every required variable is named, and set by the form while there is no file, by itself afterwards', async () => {
    await write('.env.example', 'A=\n');
    const compose = web('    hostname: ${A:?first}\n    domainname: ${B:?second}\n');
    const before = await found(variablesCheck, compose);
    expect(before.map(({ details }) => details?.['variable'])).toEqual(['A', 'B']);
    expect(before.map(({ repairs }) => repairs?.[0]?.kind)).toEqual(['env-form', 'variable']);
    expect(before[1]?.title).toContain('compose.yaml:5): second');
    await write('.env', '');
    const after = await found(variablesCheck, compose);
    expect(after[0]?.repairs).toEqual([{ kind: 'variable', name: 'A', secret: false }]);
    expect(await found(variablesCheck, compose, { env: { A: '1', B: '2' } })).toMatchObject([{ severity: 'ok' }]);
  });

  test('an empty value is a note where it is put in, and nothing where it has a default', async () => {
    await write('.env', 'A=\nB=\nUNUSED_ONE=\n');
    const compose = web('    hostname: "x${A}"\n    domainname: ${B:-local}\n');
    expect(titles(await found(variablesCheck, compose))).toEqual(['note The variable A is empty (.env:1)']);
  });

  test('a name that is nearly one that is missing is told with it, and its value goes along unless it is a secret', async () => {
    await write('.env', 'BAKEND_PORT=8001\nAPI_TOKN=canary\nOTHER=1\n');
    const compose = web('    hostname: ${BACKEND_PORT:-8000}\n    domainname: ${API_TOKEN:-x}\n');
    const slips = await found(variablesCheck, compose);
    expect(titles(slips)).toEqual([
      'warning .env:1 sets BAKEND_PORT, which nothing uses; BACKEND_PORT may be meant',
      'warning .env:2 sets API_TOKN, which nothing uses; API_TOKEN may be meant',
    ]);
    expect(slips[0]?.repairs).toEqual([{ kind: 'variable', name: 'BACKEND_PORT', value: '8001', secret: false }]);
    expect(slips[1]?.repairs).toEqual([{ kind: 'variable', name: 'API_TOKEN', secret: true }]);
    expect(JSON.stringify(slips)).not.toContain('canary');
  });
});

describe('ports', () => {
  async function occupy(): Promise<number> {
    const port = await freePort();
    const server = createServer();
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(port, '0.0.0.0', resolve));
    return port;
  }

  test('a port that a variable gives is changed by the variable, to a free one', async () => {
    const port = await occupy();
    const [taken] = await found(portsCheck, web(`    ports: ["127.0.0.1:\${WEB_PORT:-${port}}:80"]\n`));
    const free = String(taken?.details?.['free']);
    expect(taken).toMatchObject({
      severity: 'blocker',
      repairs: [{ kind: 'variable', name: 'WEB_PORT', value: free, secret: false }],
    });
    expect(taken?.remedy).toContain(`or set WEB_PORT to ${free}, which is free.`);
    const set = await found(portsCheck, web(`    ports: ["\${WEB_PORT:-${port}}:80"]\n`), { env: { WEB_PORT: free } });
    expect(set).toMatchObject([{ severity: 'ok' }]);
  });

  test('one that the environment outside gives cannot be changed in a file', async () => {
    const port = await occupy();
    const env = { WEB_PORT: String(port) };
    const [taken] = await found(portsCheck, web('    ports: ["${WEB_PORT:-1}:80"]\n'), { env });
    expect(taken).not.toHaveProperty('repairs');
    expect(taken?.remedy).toContain('it has to be changed there');
  });

  test('one that stands in the file is named with its line', async () => {
    const port = await occupy();
    const [taken] = await found(portsCheck, web(`    ports:\n      - "80"\n      - "${port}:81"\n`));
    expect(taken).not.toHaveProperty('repairs');
    expect(taken?.remedy).toContain('change the port in compose.yaml:6 to ');
    const long = web(`    ports:\n      - target: 81\n        published: ${port}\n`);
    expect((await found(portsCheck, long))[0]?.remedy).toContain('compose.yaml:6 to ');
  });

  test('two that are taken are not offered the same one', async () => {
    const port = await occupy();
    const next = createServer();
    servers.push(next);
    await new Promise<void>((resolve) => {
      next.once('error', () => {
        resolve();
      });
      next.listen(port + 1, '0.0.0.0', resolve);
    });
    const taken = await found(portsCheck, web(`    ports: ["${port}:80", "${port + 1}:81"]\n`));
    expect(taken).toHaveLength(2);
    expect(new Set(taken.map(({ details }) => details?.['free'])).size).toBe(2);
  });

  test('a container that has it can be stopped by a command', async () => {
    const port = await freePort();
    const ports = [{ hostIp: '0.0.0.0', hostPort: port, containerPort: 80, protocol: 'tcp' as const }];
    const holder = { ...container('other-web-1', 'other'), ports };
    const [taken] = await found(portsCheck, web(`    ports: ["${port}:80"]\n`), { engine: { containers: [holder] } });
    expect(taken?.repairs).toEqual([
      { kind: 'command', label: 'Stop the other container', command: 'docker stop other-web-1' },
    ]);
  });

  test('owners are read from what each system tells', () => {
    expect(lsofOwner('p4121\ncnode\nf20\np4122\ncother\n')).toEqual({ pid: 4121, name: 'node' });
    expect(lsofOwner('')).toBeUndefined();
    expect(powerShellOwner('4121 Code Helper\r\n')).toEqual({ pid: 4121, name: 'Code Helper' });
    expect(powerShellOwner('Get-NetTCPConnection : No matching objects\r\n')).toBeUndefined();
    const head = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n';
    const row = (state: string, inode: string) =>
      `   0: 0100007F:1F90 00000000:0000 ${state} 00000000:00000000 00:00000000 00000000  1000        0 ${inode} 1\n`;
    expect(inodesIn(`${head}${row('0A', '77')}${row('01', '78')}`, 8080, 'tcp')).toEqual(['77']);
    expect(inodesIn(`${head}${row('07', '79')}`, 8080, 'udp')).toEqual(['79']);
    expect(inodesIn(head, 8080, 'tcp')).toEqual([]);
  });
});

function container(name: string, project?: string, service?: string): ContainerSummary {
  const labels = {
    ...(project === undefined ? {} : { 'com.docker.compose.project': project }),
    ...(service === undefined ? {} : { 'com.docker.compose.service': service }),
  };
  return { id: name, name, state: 'running', image: 'x', imageId: 'x', labels, networks: {}, volumes: [], ports: [] };
}

describe('names', () => {
  const compose = web('    container_name: shop\n');
  const named = (holder?: ContainerSummary) =>
    found(namesCheck, compose, { engine: { containers: holder === undefined ? [] : [holder] } });

  test('one that somebody else has stops the start; the service’s own does not', async () => {
    expect(titles(await named(container('shop', 'other', 'web')))).toEqual([
      'blocker web is to be named shop, which is the name of a container of project other (running)',
    ]);
    expect((await named(container('shop')))[0]?.repairs).toMatchObject([{ command: 'docker rename shop shop-old' }]);
    expect((await named(container('shop', 'shop', 'db')))[0]?.severity).toBe('blocker');
    expect((await named(container('shop', 'shop', 'web')))[0]?.severity).toBe('ok');
    expect((await named())[0]?.severity).toBe('ok');
    expect(await found(namesCheck, web(''))).toEqual([]);
  });
});

describe('images', () => {
  const refuse = (code: 'REGISTRY_LOGIN' | 'REGISTRY_UNREACHABLE' | 'ENGINE_TIMEOUT') => () => {
    throw new QuaysideError(code, 'said', { remedy: 'Sign in: docker login ghcr.io:443' });
  };

  test('one that is not here is asked for, and what the registry says is a warning with the login', async () => {
    const asked = (remote: FakeEngineFacts['remote']) =>
      found(imagesCheck, web(''), { engine: remote === undefined ? {} : { remote } });
    expect(titles(await asked(undefined))).toEqual(['ok Images that are not here yet can be pulled: shop:1']);
    expect(await asked(refuse('REGISTRY_LOGIN'))).toMatchObject([
      {
        severity: 'warning',
        title: 'said',
        why: 'It is not here, and web cannot start without it (compose.yaml:3).',
        repairs: [{ kind: 'registry-login', registry: 'ghcr.io:443' }],
      },
    ]);
    expect(titles(await asked(refuse('ENGINE_TIMEOUT')))).toEqual([
      'warning The registry of shop:1 did not answer within 4 s',
    ]);
  });

  test('a registry that would give it is not asked again and again, one that would not is', async () => {
    const asked: string[] = [];
    const good = fakeGateway({ remote: (image) => void asked.push(image) });
    const bad = fakeGateway({
      remote(image) {
        asked.push(image);
        throw new Error('no');
      },
    });
    await write('compose.yaml', web(''));
    for (const gateway of [good, good, bad, bad])
      await imagesCheck.run(await preflightInput(directory, () => Promise.resolve(gateway)));
    expect(asked).toHaveLength(3);
  });

  test('one that is here is not asked for, nor is one that is built', async () => {
    const remote = () => {
      throw new Error('asked');
    };
    const images = { 'shop:1': { arch: 'amd64' } };
    expect(titles(await found(imagesCheck, web(''), { engine: { remote, images } }))).toEqual([
      'ok All images are here',
    ]);
    expect(await found(imagesCheck, web('    build: .\n'), { engine: { remote } })).toEqual([]);
  });

  test('one that may not be pulled and is not here stops the start', async () => {
    expect(await found(imagesCheck, web('    pull_policy: never\n'))).toMatchObject([
      { severity: 'blocker', repairs: [{ command: 'docker pull shop:1' }] },
    ]);
  });

  test('one for another processor is told; where the file asks for it, as a note', async () => {
    const of = (arch: string, engine: string, lines = '') =>
      found(platformCheck, web(lines), { engine: { arch: engine, images: { 'shop:1': { arch } } } });
    expect((await of('amd64', 'x86_64'))[0]?.severity).toBe('ok');
    expect(await of('arm64', 'amd64')).toMatchObject([
      { severity: 'warning', repairs: [{ command: 'docker pull --platform linux/amd64 shop:1' }] },
    ]);
    expect((await of('arm64', 'amd64', '    platform: linux/arm64\n'))[0]?.severity).toBe('note');
    expect(await found(platformCheck, web(''))).toEqual([]);
  });
});

describe('the machine', () => {
  const limited = (lines: string, machine: EngineMachine) => found(limitsCheck, web(lines), { engine: { machine } });

  test('memory limits count once for every container', async () => {
    const machine = { memory: 2 * GIB, cpus: 2 };
    expect(titles(await limited('    mem_limit: 1g\n    scale: 2\n', machine))).toEqual([
      'ok The limits of the services fit the machine',
    ]);
    expect(titles(await limited('    mem_limit: 1g\n    scale: 3\n', machine))).toEqual([
      'warning The services together may use 3.0 GB of memory; the engine has 2.0 GB',
    ]);
    expect(titles(await limited('    deploy: {resources: {limits: {memory: 3g}}}\n', machine))).toEqual([
      'warning web may use 3.0 GB of memory; the engine has 2.0 GB',
    ]);
    expect(await limited('', machine)).toEqual([]);
  });

  test('more processors than there are stop the start', async () => {
    expect((await limited('    cpus: 2\n', { cpus: 2 }))[0]?.severity).toBe('ok');
    expect(titles(await limited('    cpus: 2.5\n', { cpus: 2 }))).toEqual([
      'blocker web is given 2.5 processors; the engine has 2',
    ]);
  });

  test('clocks may differ by five seconds and by what the answer took', () => {
    const of = (aheadMs: number, withinMs = 0) => clockFinding({ aheadMs, withinMs });
    expect(of(5000).severity).toBe('ok');
    expect(of(-5001).severity).toBe('warning');
    expect(of(5001, 2).severity).toBe('ok');
    expect(of(3_600_000).title).toBe('The clock of the engine is 60 minutes ahead of the one of this machine');
    expect(of(-7000).title).toContain('7 seconds behind');
  });

  test('room', () => {
    expect(roomFinding(5 * GIB).severity).toBe('ok');
    expect(roomFinding(5 * GIB - 1).severity).toBe('note');
    expect(roomFinding(GIB - 1)).toMatchObject({
      severity: 'warning',
      repairs: [{ command: 'docker image prune' }],
    });
  });
});

describe('mounted paths', () => {
  test('a folder where a file is meant', async () => {
    await mkdir(join(directory, 'nginx.conf'));
    await mkdir(join(directory, 'conf.d'));
    await write('app.json', '{}');
    const mounts = (...all: string[]) => web(`    volumes: ${JSON.stringify(all)}\n`);
    expect(
      titles(await found(bindPathsCheck, mounts('./nginx.conf:/etc/nginx/nginx.conf', './conf.d:/etc/conf.d'))),
    ).toEqual(['warning nginx.conf is a folder; web expects a file at /etc/nginx/nginx.conf']);
    expect((await found(bindPathsCheck, mounts('./app.json:/app.json')))[0]?.severity).toBe('ok');
    const secret = (file: string) => `${web('    secrets: [key]\n')}secrets:\n  key: { file: ${file} }\n`;
    expect(titles(await found(bindPathsCheck, secret('./key.txt')))).toEqual([
      'blocker key.txt, the file of the secret key, does not exist',
    ]);
    expect(titles(await found(bindPathsCheck, secret('./conf.d')))).toEqual([
      'warning conf.d is a folder; the secret key is a file',
    ]);
    expect((await found(bindPathsCheck, secret('./app.json')))[0]?.severity).toBe('ok');
    const [gone] = await found(bindPathsCheck, mounts('./gone.yml:/etc/gone.yml'));
    expect(gone?.why).toContain('where a file is meant');
    expect(await found(bindPathsCheck, mounts('./gone:/x'), { engine: { url: 'ssh://host' } })).toEqual([]);
  });
});
