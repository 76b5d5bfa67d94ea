import { afterEach, beforeEach, expect, test } from 'vitest';
import type { StackState } from '#contract/index.ts';
import { container, service } from '#testing/stack-fixture.ts';
import type { ContainerDetail, ContainerSummary, DockerGateway, FeedItem } from './docker/index.ts';
import { createEngineWatch, type EngineWatch } from './health/index.ts';
import type { EngineLink } from './link.ts';
import type { ProjectFiles } from './project-files.ts';
import { createStackView, type StackView } from './stack-view.ts';

const many = 500;

/** An engine with one project, which answers the list at once and a closer look when it is told to. */
function engineOf(count: number) {
  const of = service('web');
  const details = new Map(
    Array.from({ length: count }, (_, index) => container(of, index + 1, { restartCount: 2 })).map((one) => [
      one.id,
      one,
    ]),
  );
  const held: (() => void)[] = [];
  const asked = { lists: 0, looks: [] as string[] };
  const feed = new Set<(item: FeedItem) => void>();
  let holds = true;
  const gateway = {
    endpoint: { url: 'unix:///fake', source: 'test' },
    info: () => Promise.resolve({ version: '1', apiVersion: '1.45', os: 'linux', arch: 'amd64' }),
    containers: {
      list: (): Promise<ContainerSummary[]> => {
        asked.lists += 1;
        return Promise.resolve([...details.values()]);
      },
      async inspect(id: string): Promise<ContainerDetail | undefined> {
        asked.looks.push(id);
        const now = details.get(id);
        if (holds) await new Promise<void>((resolve) => held.push(resolve));
        return now;
      },
    },
    async *events(signal: AbortSignal): AsyncGenerator<FeedItem> {
      yield { kind: 'resync', cause: 'connected' };
      while (!signal.aborted) {
        yield await new Promise<FeedItem>((resolve, reject) => {
          feed.add(resolve);
          signal.addEventListener('abort', () => {
            reject(new Error('over'));
          });
        });
      }
    },
  } as unknown as DockerGateway;
  return {
    gateway,
    asked,
    ids: [...details.keys()],
    /** Closer looks are answered from now on. */
    answer: () => {
      holds = false;
    },
    /** Answers the looks that wait. */
    release: () => {
      for (const resolve of held.splice(0)) resolve();
    },
    pause(id: string): void {
      const before = details.get(id);
      if (before === undefined) throw new Error(`no container ${id}`);
      details.set(id, { ...before, state: 'paused', paused: true, restartCount: 3 });
      const attributes = { 'com.docker.compose.project': 'p' };
      const event = { type: 'container' as const, action: 'pause', id, attributes, timeNano: '1' };
      for (const tell of [...feed]) tell({ kind: 'event', event });
      feed.clear();
    },
  };
}

let fake: ReturnType<typeof engineOf>;
let engine: EngineWatch;
let view: StackView;
let over: AbortController;

function viewOf(count: number): void {
  fake = engineOf(count);
  engine = createEngineWatch({ gateway: fake.gateway });
  const environment = { id: 'e', title: 'E', files: [], envFiles: [], profiles: [], command: 'docker compose' };
  const files = {
    load: () => Promise.resolve({ environment, project: 'p' }),
    onChange: () => () => undefined,
  } as unknown as ProjectFiles;
  const operations = { current: () => undefined, pending: () => new Set<string>() };
  const link = { gateway: fake.gateway, watch: () => engine, operations } as unknown as EngineLink;
  view = createStackView({ files, link: () => Promise.resolve(link), onOperation: () => () => undefined });
}

beforeEach(() => {
  over = new AbortController();
});

afterEach(async () => {
  over.abort();
  fake.answer();
  fake.release();
  await engine.dispose();
});

/** The first state for which `test` holds. */
async function first(states: AsyncIterator<StackState>, test: (state: StackState) => boolean): Promise<StackState> {
  for (;;) {
    const next = await states.next();
    if (next.done === true) throw new Error('the states ended');
    if (test(next.value)) return next.value;
  }
}

const containersOf = ({ services }: StackState) => services.flatMap(({ containers }) => containers);

test('the first list of many containers costs the same as that of a few', async () => {
  viewOf(many);
  const states = view.watch('e', over.signal)[Symbol.asyncIterator]();
  const state = await first(states, ({ engine: { state: now } }) => now === 'connected');
  expect(containersOf(state)).toHaveLength(many);
  expect(fake.asked.lists).toBe(1);
  expect(fake.asked.looks.length).toBeLessThanOrEqual(3);
  expect(state.services).toMatchObject([{ name: 'web', condition: 'running' }]);
});

test('nothing is claimed that has not been read', async () => {
  viewOf(many);
  const states = view.watch('e', over.signal)[Symbol.asyncIterator]();
  const state = await first(states, ({ engine: { state: now } }) => now === 'connected');
  expect(state).toMatchObject({
    condition: 'unknown',
    sentence: `Reading the containers: 0 of ${many}`,
    reading: { done: 0, all: many },
  });
  for (const one of containersOf(state)) {
    expect(Object.keys(one)).not.toContain('restarts');
    expect(Object.keys(one)).not.toContain('oomKilled');
  }
  fake.answer();
  fake.release();
  const whole = await first(states, ({ reading }) => reading === undefined);
  expect(whole).toMatchObject({ condition: 'healthy', sentence: '1 of 1 services running' });
  expect(new Set(containersOf(whole).map(({ restarts }) => restarts))).toEqual(new Set([2]));
});

test('one question waits until all is known', async () => {
  viewOf(many);
  const states = view.watch('e', over.signal)[Symbol.asyncIterator]();
  let answered = false;
  const asked = view.get('e').then((state) => {
    answered = true;
    return state;
  });
  await first(states, ({ reading }) => reading !== undefined);
  expect(answered).toBe(false);
  fake.answer();
  fake.release();
  const state = await asked;
  expect(state.reading).toBeUndefined();
  expect(containersOf(state).every(({ restarts }) => restarts === 2)).toBe(true);
});

test('a change is told at once while all others are still to be read, and an older answer does not undo it', async () => {
  viewOf(many);
  const states = view.watch('e', over.signal)[Symbol.asyncIterator]();
  await first(states, ({ reading }) => reading !== undefined);
  // Its first look is under way, and is answered last.
  await expect.poll(() => fake.asked.looks.length).toBe(3);
  const [id = ''] = fake.asked.looks;
  fake.answer();
  fake.pause(id);
  const changed = await first(states, ({ reading }) => reading?.done === 1);
  const seen = (state: StackState) => containersOf(state).find((one) => one.id === id);
  expect(seen(changed)).toMatchObject({ status: 'paused', restarts: 3 });
  fake.release();
  const whole = await first(states, ({ reading }) => reading === undefined);
  expect(seen(whole)).toMatchObject({ status: 'paused', restarts: 3 });
});

test('a few are read before anything is told of them', async () => {
  viewOf(16);
  fake.answer();
  const states = view.watch('e', over.signal)[Symbol.asyncIterator]();
  const state = await first(states, ({ services }) => services.length > 0);
  expect(state.reading).toBeUndefined();
  expect(containersOf(state).every(({ restarts }) => restarts === 2)).toBe(true);
});
