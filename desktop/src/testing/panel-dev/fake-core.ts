import { createRouterClient } from '@orpc/server';
import { type Caller, guarded, owner } from '#api/access.ts';
import { sentences } from '#api/sentences.ts';
import {
  type Action,
  type CoreClient,
  defaultSettings,
  QuaysideError,
  type SettingsView,
  type StackState,
} from '#contract/index.ts';
import { checkFilter } from '#engine/logs/query/check-filter.ts';
import { ago } from './clock.ts';
import { activity, health, others, sessions, shop, stack, starting, stopped } from './data.ts';
import { builds } from './fake-builds.ts';
import { bundle } from './fake-bundle.ts';
import * as configuration from './fake-configuration.ts';
import { FakeLogs } from './fake-logs.ts';
import { FakeRegistry } from './fake-registry.ts';
import { FakeReleases } from './fake-releases.ts';
import { asked, notAgreed } from './fake-risks.ts';
import { fakeUsage } from './fake-usage.ts';
import { refuse } from './refuse.ts';
import { scenes } from './scenes.ts';
import { planFor, scriptFor } from './script.ts';

/** Does not keep a process alive that has nothing else to do. */
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms).unref());
const up: Action = { verb: 'up', services: [] };
const startedAt = ago(7_200);

/** Who looks at a scene. */
export const callerOf = (scene: string): Caller => ({ user: scenes[scene]?.().user ?? owner.user });

/** The contract over made-up data, with the core's own gate before it. Each connection has a world of its own. */
export function fakeCore(sceneName: string) {
  const scene = (scenes[sceneName] ?? scenes['healthy'])?.() ?? { stack: stack() };
  const logs = new FakeLogs(...(scene.logs ?? [3_000, 4]));
  const registry = new FakeRegistry();
  let shown: StackState = scene.stack;
  let played = sceneName;
  let action = scene.action ?? up;
  const releases = new FakeReleases(sceneName);
  const looked = scene.project?.defaultEnvironment ?? 'development';
  let wake = Promise.withResolvers<undefined>();
  const show = (next: StackState) => {
    shown = next;
    wake.resolve(undefined);
    wake = Promise.withResolvers();
  };
  let chosen: SettingsView = { settings: { ...defaultSettings, toured: true }, ...scene.settings };
  const { then } = scene;
  if (then !== undefined)
    void pause(1_000).then(() => {
      show(then);
    });
  const os = guarded;
  const summary = { id: 'op-1', environment: looked, verb: action.verb, startedAt: ago(0) };
  return os.router({
    system: {
      hello: os.system.hello.handler(({ context }) => ({
        version: '0.1.0',
        host: 'test',
        startedAt,
        user: context.user,
      })),
      sentences: os.system.sentences.handler(({ input }) => ({ ...sentences[input.language] })),
    },
    engine: {
      watch: os.engine.watch.handler(async function* ({ signal }) {
        yield shown.engine;
        while (signal?.aborted !== true) await pause(500);
      }),
    },
    project: {
      get: os.project.get.handler(() => scene.project ?? shop),
      others: os.project.others.handler(() => others),
      watchOthers: os.project.watchOthers.handler(async function* ({ signal }) {
        yield others;
        while (signal?.aborted !== true) await pause(500);
      }),
      environment: os.project.environment.handler(() => {
        throw new QuaysideError('ENVIRONMENT_NOT_FOUND', 'It is only a name here.');
      }),
    },
    stack: {
      get: os.stack.get.handler(() => shown),
      usage: os.stack.usage.handler(({ input, signal }) => fakeUsage(input.environment, () => shown, signal)),
      lastWords: os.stack.lastWords.handler(({ input }) => ({
        container: `shop-dev-${input.service}-1`,
        lines: ['loading the catalogue: 412 MB', 'FATAL ERROR: Reached heap limit Allocation failed'],
      })),
      watch: os.stack.watch.handler(async function* ({ input, signal }) {
        while (signal?.aborted !== true) {
          yield {
            ...(input.environment === looked ? shown : stopped('missing')),
            environment: input.environment,
          };
          await Promise.race([wake.promise, pause(60_000)]);
        }
      }),
      plan: os.stack.plan.handler(({ input }) => {
        releases.allow(input.action);
        return { ...releases.warn(planFor(input.action), input.action), ...asked(scene.risks, input.action) };
      }),
    },
    builds: {
      list: os.builds.list.handler(() => builds),
      watch: os.builds.watch.handler(async function* ({ signal }) {
        yield builds;
        while (signal?.aborted !== true) await pause(500);
      }),
      get: os.builds.get.handler(({ input }) => {
        const found = builds.find(({ id }) => id === input.id);
        if (found) return found;
        throw new QuaysideError('OPERATION_NOT_FOUND', `There is no build ${input.id} here.`);
      }),
    },
    health: {
      watch: os.health.watch.handler(async function* ({ input, signal }) {
        yield { ...input, ...health };
        while (signal?.aborted !== true) await pause(500);
      }),
    },
    operation: {
      start: os.operation.start.handler(({ input }) => {
        if (asked(scene.risks, input.action).risks !== undefined) refuse(notAgreed);
        action = input.action;
        played = 'plain';
        show(
          action.verb === 'stop' || action.verb === 'down'
            ? { ...stopped('stopped'), operation: 'op-2' }
            : starting('op-2'),
        );
        return { ...summary, id: 'op-2', verb: action.verb, outcome: 'running' as const };
      }),
      watch: os.operation.watch.handler(async function* ({ input }) {
        const events = scriptFor(input.id === 'op-2' ? played : sceneName, input.id, action, scene.operation ?? 3);
        if (input.id === 'op-1') {
          yield { events, dropped: 0 };
        } else {
          for (const event of events) {
            if (event.type === 'end') releases.done(action);
            yield { events: [event], dropped: 0 };
            await pause(action.verb === 'rollback' || action.verb === 'deploy' ? 40 : 150);
          }
          show(action.verb === 'stop' || action.verb === 'down' ? stopped('stopped') : stack());
          return;
        }
        if (events.at(-1)?.type === 'end') show({ ...shown, operation: undefined });
        else await pause(600_000);
      }),
      cancel: os.operation.cancel.handler(() => ({ ...summary, outcome: 'cancelled' as const })),
      list: os.operation.list.handler(() => []),
    },
    releases: {
      list: os.releases.list.handler(releases.list),
      remote: os.releases.remote.handler(releases.remote),
      verify: os.releases.verify.handler(releases.verify),
      compare: os.releases.compare.handler(({ input }) => releases.compare(input.to)),
      recover: os.releases.recover.handler(releases.recover),
    },
    logs: {
      check: os.logs.check.handler(({ input }) => checkFilter(input.filter)),
      counts: os.logs.counts.handler(({ input, signal }) => logs.counts(input, signal)),
      newErrors: os.logs.newErrors.handler(() => logs.newErrors()),
      export: os.logs.export.handler(({ input }) => logs.export(input)),
      read: os.logs.read.handler(({ input, signal }) => logs.read(input, signal)),
      stream: os.logs.stream.handler(async function* ({ input, signal }) {
        yield { lines: (await logs.read({ ...input, limit: 200, waitMs: 0, newest: false }, signal)).lines };
      }),
    },
    activity: {
      list: os.activity.list.handler(() => ({ entries: [], more: false })),
      watch: os.activity.watch.handler(async function* ({ signal }) {
        yield activity;
        while (signal?.aborted !== true) await pause(500);
      }),
      verify: os.activity.verify.handler(() => ({ ok: true, entries: activity.entries.length, cutOff: 0, faults: [] })),
    },
    preflight: {
      run: os.preflight.run.handler(({ input }) => ({
        ...input,
        ok: scene.findings === undefined,
        findings: scene.findings ?? [],
      })),
    },
    diagnostics: {
      collect: os.diagnostics.collect.handler(async () => {
        await pause(300);
        return bundle;
      }),
    },
    configuration: {
      variables: os.configuration.variables.handler(() => ({
        variables: configuration.variables,
        files: configuration.files,
        target: '.env',
        example: '.env.example',
      })),
      reveal: os.configuration.reveal.handler(() => ({ value: 'a-token-of-the-shop' })),
      text: os.configuration.text.handler(({ input }) => ({
        ...input,
        text: configuration.text,
        revision: 'one',
        masked: 1,
      })),
      draft: os.configuration.draft.handler(() => configuration.draft),
      save: os.configuration.save.handler(() => ({ ...configuration.draft, backup: 'b' })),
      backups: os.configuration.backups.handler(() => [{ id: 'b', at: ago(3600), names: ['VERSION'] }]),
      form: os.configuration.form.handler(() => ({ file: '.env', example: '.env.example', fields: [] })),
      resolved: os.configuration.resolved.handler(() => ({ lines: configuration.lines, warnings: [] })),
      differences: os.configuration.differences.handler(() => configuration.differences),
    },
    registry: {
      logins: os.registry.logins.handler(registry.logins),
      login: os.registry.login.handler(({ input }) => registry.login(input)),
      logout: os.registry.logout.handler(({ input }) => registry.logout(input.domain)),
    },
    sessions: { list: os.sessions.list.handler(() => sessions), end: os.sessions.end.handler(() => ({})) },
    settings: {
      watch: os.settings.watch.handler(async function* ({ signal }) {
        yield chosen;
        while (signal?.aborted !== true) await pause(500);
      }),
      set: os.settings.set.handler(({ input }) => {
        chosen = { ...chosen, settings: { ...chosen.settings, ...input } };
        return chosen;
      }),
    },
    config: { show: os.config.show.handler(() => ({ json: '{}', yaml: '', warnings: [], hashes: {} })) },
  });
}

/** The same without a wire. */
export function fakeClient(sceneName: string): CoreClient {
  return createRouterClient(fakeCore(sceneName), { context: callerOf(sceneName) });
}
