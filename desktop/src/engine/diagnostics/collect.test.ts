import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type LogLine, QuaysideError, type StackState } from '#contract/index.ts';
import { fuzz, fuzzTimeout } from '#testing/fuzz.ts';
import { hostileNames } from '#testing/hostile-paths.ts';
import { collect, type DiagnosticsSources } from './index.ts';

const never = new AbortController().signal;
const engine = { state: 'connected', since: '', endpoint: 'unix:///x', source: 'test' } as const;

function stackOf(...names: string[]): StackState {
  const container = { id: 'c', name: 'shop-web-1', number: 1, status: 'running', health: 'none' } as const;
  const rest = { oomKilled: false, restarts: 0, image: 'web', imageId: '1', probes: [], failingStreak: 0 };
  const services = names.map((name) => ({
    name,
    condition: 'running' as const,
    wanted: 1,
    image: 'web',
    dependsOn: [],
    ports: [],
    containers: [{ ...container, ...rest }],
    changed: false,
  }));
  const words = {
    environment: 'development',
    project: 'shop',
    at: '',
    condition: 'healthy',
    sentence: 'fine',
  } as const;
  return { ...words, engine, services, orphans: [] };
}

const lineOf = (text: string): LogLine => ({
  seq: 1,
  time: '2026-01-02T03:04:05Z',
  service: 'web',
  container: 'shop-web-1',
  stream: 'stdout',
  level: 'none',
  text,
});

const unused = () => Promise.reject(new Error('not asked for'));

function sources(more: Partial<DiagnosticsSources> = {}): DiagnosticsSources {
  return {
    hello: () => ({ version: '1.0.0', host: 'test', startedAt: '' }),
    engineState: () => Promise.resolve(engine),
    machine: () => Promise.resolve({ cpus: 2 }),
    composeVersion: () => Promise.resolve('2.26.1'),
    project: () => Promise.resolve({ directory: '/srv/shop', name: 'shop', environments: [] }),
    environment: unused,
    directory: unused,
    stack: () => Promise.resolve(stackOf('web')),
    plan: unused,
    preflight: () => Promise.resolve({ environment: 'development', ok: true, findings: [] }),
    model: () => Promise.resolve('name: shop\n'),
    variables: unused,
    differences: () => Promise.resolve([]),
    releases: () => Promise.resolve([]),
    builds: () => Promise.resolve([]),
    build: unused,
    activity: () => Promise.resolve({ entries: [], more: false }),
    settings: () => Promise.resolve({}),
    async *logs() {
      await Promise.resolve();
      yield [lineOf('ready')];
    },
    hidden: () => Promise.resolve({ values: ['canary-value'], unread: [] }),
    ...more,
  };
}

const gather = async (more?: Partial<DiagnosticsSources>, lines = 10) => {
  const bundle = await collect(sources(more), { environment: 'development', lines }, never);
  return { bundle, of: (name: string) => bundle.files.find((file) => file.name === name) };
};

test('what is hidden is hidden in texts, in values and in what went wrong', async () => {
  const { bundle, of } = await gather({
    model: () => Promise.resolve('a: canary-value\nb: canary-value\n'),
    settings: () => Promise.resolve({ nested: [{ text: 'say "canary-value"' }] }),
    plan: () => Promise.reject(new QuaysideError('INTERNAL', 'No canary-value.', { remedy: 'Change canary-value.' })),
    hidden: () => Promise.resolve({ values: ['canary-value'], unread: ['canary-value.txt could not be read.'] }),
  });
  expect(JSON.stringify(bundle)).not.toContain('canary-value');
  expect(of('model.yaml')).toMatchObject({ text: 'a: ********\nb: ********\n', masked: 2 });
  expect(of('plan.txt')).toMatchObject({
    text: 'It could not be read: No ********.\nChange ********.',
    gap: 'It could not be read: No ********.',
  });
  expect(of('about.txt')?.text).toContain('Not looked for: ********.txt could not be read.');
});

test('a part that fails is told in its place and in the list of what is not whole', async () => {
  const { of } = await gather();
  expect(of('variables.json')?.gap).toBe('It could not be read: not asked for');
  expect(of('about.txt')?.text).toMatch(/Not whole:[^]*variables\.json +It could not be read: not asked for/);
  expect(of('releases.json')?.gap).toBeUndefined();
});

test('of what is too long the newest lines of a log and the beginning of anything else are kept', async () => {
  const { of } = await gather({
    model: () => Promise.resolve(`first\n${'x'.repeat(500_000)}last\n`),
    async *logs() {
      await Promise.resolve();
      yield [lineOf(`first ${'x'.repeat(500_000)} last`)];
    },
  });
  expect(of('model.yaml')?.text).toMatch(/^first\n[^]*characters at the end are left out\.\n$/);
  expect(of('logs/web.log')?.text).toMatch(/^\d+ characters at the beginning are left out\.\n[^]* last\n$/);
  expect(of('model.yaml')?.text.length).toBeLessThan(400_100);
});

test('a secret does not show where a text is cut', async () => {
  const text = `${'x'.repeat(400_000 - 6)}canary-value`;
  const { of } = await gather({ model: () => Promise.resolve(text) });
  expect(of('model.yaml')?.text).not.toContain('canary');
});

test('a name that is no name of a service makes no path', async () => {
  const { bundle } = await gather({ stack: () => Promise.resolve(stackOf('../../etc', 'web')) });
  const logs = bundle.files.map(({ name }) => name).filter((name) => name.startsWith('logs/'));
  expect(logs).toEqual(['logs/service 0.log', 'logs/web.log']);
});

test('whatever labels say, the bundle and its files have names that stay where they belong', {
  timeout: fuzzTimeout,
}, async () => {
  const names = hostileNames('web', 'Web', 'service 0', 'team/shop');
  const property = fc.asyncProperty(names, fc.uniqueArray(names, { maxLength: 4 }), async (project, services) => {
    const stack = { ...stackOf(...services), project };
    const { bundle } = await gather({ stack: () => Promise.resolve(stack) });
    expect(`${bundle.name}.zip`).toMatch(/^quayside-diagnostics-[\w.-]+\.zip$/);
    expect(bundle.name.length).toBeLessThan(120);
    const files = bundle.files.map(({ name }) => name.toLowerCase());
    expect(new Set(files).size).toBe(files.length);
    for (const file of files) {
      expect(file).toMatch(/^(?:logs\/)?[\w][\w. -]*$/);
      expect(file).not.toMatch(/(?:^|\/)(?:con|prn|aux|nul|com\d|lpt\d)\./);
      expect(file.length).toBeLessThan(100);
    }
    expect(files.filter((file) => file.startsWith('logs/'))).toHaveLength(services.length);
  });
  await fuzz('names of bundles and their files', property, 200);
});

test('without lines there are no logs, without an environment nothing of one', async () => {
  expect((await gather({}, 0)).of('logs/web.log')).toBeUndefined();
  const bare = await collect(sources({ stack: unused }), {}, never);
  expect(bare.files.map(({ name }) => name)).toEqual([
    'about.txt',
    'versions.json',
    'engine.json',
    'project.json',
    'settings.json',
    'activity.json',
  ]);
  expect(bare.name).toMatch(/^quayside-diagnostics-\d{4}-/);
});

test('who leaves is not waited for', async () => {
  const left = AbortSignal.abort(new Error('left'));
  await expect(collect(sources(), { environment: 'development' }, left)).rejects.toThrow('left');
});
