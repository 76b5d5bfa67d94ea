import { createStore, type StoreApi } from 'zustand/vanilla';
import type {
  Problem,
  Release,
  ReleaseComparison,
  RemoteRelease,
  RemoteReleases,
  Verification,
} from '#contract/index.ts';
import { type Core, problemFrom } from './core.ts';
import type { OperationSlice } from './operation.ts';

export interface ReleasesEntry {
  /** Newest first; kept when a later reading fails. */
  releases?: readonly Release[];
  /** Why there is no newer list. */
  problem?: Problem | undefined;
  /** What lies in the registry, as last seen; kept when a later look fails. */
  remote?: RemoteReleases;
  remoteProblem?: Problem | undefined;
  looking?: boolean;
  /** What was read back last of the release that should run. */
  verification?: Verification | undefined;
  verifyProblem?: Problem | undefined;
  verifying?: boolean;
  recovering?: boolean;
  /** What the last recovery did, in one sentence. */
  recovered?: string | undefined;
  recoverProblem?: Problem | undefined;
}

export type Compared = { comparison: ReleaseComparison } | { problem: Problem };

export interface ReleasesSlice {
  byEnvironment: Readonly<Record<string, ReleasesEntry>>;
  /** Reads the list anew, and, unless told not to, reads back what runs where a release is recorded. */
  load: (environment: string, verify?: boolean) => Promise<void>;
  /** Looks into the registry. */
  look: (environment: string) => Promise<void>;
  verify: (environment: string) => Promise<void>;
  /** What going from what runs to a release (by id) or version changes. */
  compare: (environment: string, to: string) => Promise<Compared>;
  /** Finishes or undoes a release that was cut off. */
  recover: (environment: string) => Promise<void>;
  /** Puts away what the last recovery said. */
  dismiss: (environment: string) => void;
}

const answerMs = 30_000;

/** Which release should run now; undefined = none was ever deployed. */
function currentRelease(releases: readonly Release[] | undefined): Release | undefined {
  return releases?.find(({ current }) => current);
}

/** What the list knows already about what the registry has: which version runs. */
function marked(remote: RemoteReleases, releases: readonly Release[]): RemoteReleases {
  const current = currentRelease(releases);
  if (current === undefined) return remote;
  const runs = (one: RemoteRelease) =>
    one.missing.length === 0 &&
    one.images.every(({ service, digest }) =>
      current.images.some((image) => image.service === service && image.digest === digest),
    );
  return { ...remote, releases: remote.releases.map((one) => ({ ...one, current: runs(one) })) };
}

type Change = (environment: string, more: Partial<ReleasesEntry>) => void;

interface Reading {
  /** Told when it begins. */
  before?: Partial<ReleasesEntry>;
  read: () => Promise<Partial<ReleasesEntry>>;
  failed: (problem: Problem) => Partial<ReleasesEntry>;
  /** Told with what was found, or with why nothing was. */
  after?: Partial<ReleasesEntry>;
}

/** Carries out readings; of several of one kind that are under way, only the newest tells what it found. */
function createReader(core: Core, change: Change) {
  const newest = new Map<string, number>();
  return async (kind: string, environment: string, { before = {}, read, failed, after = {} }: Reading) => {
    const key = `${kind} ${environment}`;
    const turn = (newest.get(key) ?? 0) + 1;
    newest.set(key, turn);
    change(environment, before);
    let found: Partial<ReleasesEntry>;
    try {
      await core.connected(AbortSignal.timeout(answerMs));
      found = await read();
    } catch (error) {
      found = failed(problemFrom(core, error));
    }
    if (newest.get(key) === turn) change(environment, { ...found, ...after });
  };
}

function createSlice(core: Core, change: Change, get: () => ReleasesSlice): Omit<ReleasesSlice, 'byEnvironment'> {
  const { releases } = core.client;
  const read = createReader(core, change);
  const entryOf = (environment: string): ReleasesEntry => get().byEnvironment[environment] ?? {};
  return {
    async load(environment, verify = true) {
      await read('list', environment, {
        read: async () => {
          const list = await releases.list({ environment });
          const { remote } = entryOf(environment);
          return { releases: list, problem: undefined, ...(remote ? { remote: marked(remote, list) } : {}) };
        },
        failed: (problem) => ({ problem }),
      });
      if (verify && currentRelease(entryOf(environment).releases) !== undefined) await get().verify(environment);
    },
    look: (environment) =>
      read('remote', environment, {
        before: { looking: true },
        read: async () => ({ remote: await releases.remote({ environment }), remoteProblem: undefined }),
        failed: (remoteProblem) => ({ remoteProblem }),
        after: { looking: false },
      }),
    verify: (environment) =>
      read('verify', environment, {
        before: { verifying: true },
        read: async () => ({ verification: await releases.verify({ environment }), verifyProblem: undefined }),
        failed: (verifyProblem) => ({ verifyProblem }),
        after: { verifying: false },
      }),
    async compare(environment, to) {
      try {
        return { comparison: await releases.compare({ environment, to }) };
      } catch (error) {
        return { problem: problemFrom(core, error) };
      }
    },
    async recover(environment) {
      if (entryOf(environment).recovering === true) return;
      await read('recover', environment, {
        before: { recovering: true, recovered: undefined, recoverProblem: undefined },
        read: async () => ({ recovered: (await releases.recover({ environment })).sentence }),
        failed: (recoverProblem) => ({ recoverProblem }),
        after: { recovering: false },
      });
      await get().load(environment);
    },
    dismiss(environment) {
      change(environment, { recovered: undefined, recoverProblem: undefined });
    },
  };
}

/** Past releases, what the registry has, and the proof of what runs, by environment. */
export function createReleasesStore(core: Core, operations: StoreApi<OperationSlice>): StoreApi<ReleasesSlice> {
  const store = createStore<ReleasesSlice>((set, get) => {
    const change: Change = (environment, more) => {
      set(({ byEnvironment }) => ({
        byEnvironment: { ...byEnvironment, [environment]: { ...byEnvironment[environment], ...more } },
      }));
    };
    return { byEnvironment: {}, ...createSlice(core, change, get) };
  });

  // What an operation did is read anew as soon as it has ended, whoever looks at it.
  operations.subscribe(({ byEnvironment }, before) => {
    for (const [environment, { view }] of Object.entries(byEnvironment)) {
      if (view?.end === undefined || before.byEnvironment[environment]?.view?.end !== undefined) continue;
      if (store.getState().byEnvironment[environment] !== undefined) void store.getState().load(environment);
    }
  });
  return store;
}
