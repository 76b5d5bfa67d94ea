import { expect, test, vi } from 'vitest';
import { problemOf } from '#client/problem.ts';
import { defaultSettings, QuaysideError, type SettingsView } from '#contract/index.ts';
import type { Core } from './core.ts';
import { createPreferencesStore } from './preferences.ts';

interface Told {
  core: Core;
  tell: (view: SettingsView) => void;
  answer: (of: SettingsView | QuaysideError) => void;
  asked: object[];
}

/** A core whose answers and news the test gives one by one. */
function toldCore(): Told {
  const news: ((view: SettingsView) => void)[] = [];
  const waiting: SettingsView[] = [];
  const answers: PromiseWithResolvers<SettingsView>[] = [];
  const asked: object[] = [];
  async function* watch() {
    for (;;) {
      const next = waiting.shift();
      yield next ?? (await new Promise<SettingsView>((resolve) => news.push(resolve)));
    }
  }
  const client = {
    settings: {
      watch: () => Promise.resolve(watch()),
      set(change: object) {
        asked.push(change);
        const answer = Promise.withResolvers<SettingsView>();
        answers.push(answer);
        return answer.promise;
      },
    },
  } as unknown as Core['client'];
  return {
    core: {
      client,
      connected: () => Promise.resolve(),
      refusal: problemOf,
      state: () => ({ status: 'connected', since: 0 }),
    },
    asked,
    tell(view) {
      const reader = news.shift();
      if (reader === undefined) waiting.push(view);
      else reader(view);
    },
    answer(of) {
      const answer = answers.shift();
      if (of instanceof QuaysideError) answer?.reject(of);
      else answer?.resolve(of);
    },
  };
}

const view = (more: Partial<SettingsView['settings']>): SettingsView => ({ settings: { ...defaultSettings, ...more } });

test('they begin with the theme that is remembered, and are known once the core has told', async () => {
  const { core, tell } = toldCore();
  const store = createPreferencesStore(core, { theme: 'dark' });
  expect(store.getState()).toMatchObject({ theme: 'dark', known: false });
  const end = store.getState().watch();
  tell(view({ theme: 'light', toured: true }));
  await vi.waitFor(() => {
    expect(store.getState()).toMatchObject({ theme: 'light', toured: true, known: true });
  });
  tell({ ...view({}), problem: { code: 'SETTINGS_UNREADABLE', message: 'not understood' } });
  await vi.waitFor(() => {
    expect(store.getState()).toMatchObject({ theme: 'system', unread: { message: 'not understood' } });
  });
  end();
});

test('a choice holds at once, and what the core tells of the time before it does not undo it', async () => {
  const { core, tell, answer, asked } = toldCore();
  const store = createPreferencesStore(core);
  const end = store.getState().watch();
  const [first, second] = [store.getState().change({ theme: 'dark' }), store.getState().change({ wrapLogs: true })];
  expect(store.getState()).toMatchObject({ theme: 'dark', wrapLogs: true });
  tell(view({}));
  await vi.waitFor(() => {
    expect(store.getState().known).toBe(true);
  });
  expect(store.getState().theme).toBe('dark');
  expect(asked).toEqual([{ theme: 'dark' }, { wrapLogs: true }]);
  answer(view({ theme: 'dark' }));
  await first;
  expect(store.getState().wrapLogs).toBe(true);
  answer(view({ theme: 'dark', wrapLogs: true, logClock: 'utc' }));
  await second;
  expect(store.getState()).toMatchObject({ theme: 'dark', wrapLogs: true, logClock: 'utc' });
  end();
});

test('a choice that cannot be kept holds in the window, and why is said until one is kept', async () => {
  const { core, answer, asked } = toldCore();
  const store = createPreferencesStore(core);
  const refused = store.getState().change({ theme: 'dark' });
  await vi.waitFor(() => {
    expect(asked).toHaveLength(1);
  });
  answer(new QuaysideError('DISK_FULL', 'no room'));
  await refused;
  expect(store.getState().theme).toBe('dark');
  expect(store.getState().unkept).toBeDefined();
  const kept = store.getState().change({ theme: 'light' });
  await vi.waitFor(() => {
    expect(asked).toHaveLength(2);
  });
  answer(view({ theme: 'light' }));
  await kept;
  expect(store.getState()).toMatchObject({ theme: 'light', unkept: undefined });
});
