import { createStore, type StoreApi } from 'zustand/vanilla';
import type {
  EnvBackup,
  EnvChange,
  EnvDraft,
  EnvForm,
  EnvSaved,
  EnvText,
  Plan,
  Problem,
  ResolvedModel,
  ServiceDifference,
  VariablesView,
} from '#contract/index.ts';
import { type Core, problemFrom } from './core.ts';
import type { OperationSlice } from './operation.ts';

/** What was read last, and why there is no newer reading. */
export interface Reading<T> {
  value?: T;
  problem?: Problem | undefined;
}

/** A save, with what a start would do now; absent where that cannot be told. */
export interface SavedChange extends EnvSaved {
  plan?: Plan;
}

export interface ConfigurationEntry {
  variables?: Reading<VariablesView>;
  resolved?: Reading<ResolvedModel>;
  differences?: Reading<ServiceDifference[]>;
  saved?: SavedChange | undefined;
}

export type Answer<T> = { value: T } | { problem: Problem };

/** A change of one env file. */
export interface FileChange {
  file: string;
  change: EnvChange;
  revision: string;
}

export interface ConfigurationSlice {
  byEnvironment: Readonly<Record<string, ConfigurationEntry>>;
  /** Reads a part anew. */
  load: (environment: string, part: 'variables' | 'resolved' | 'differences') => Promise<void>;
  /** The value of one variable as it is; never kept here. */
  reveal: (environment: string, name: string) => Promise<Answer<{ value: string }>>;
  text: (environment: string, file: string, reveal: boolean) => Promise<Answer<EnvText>>;
  draft: (environment: string, change: FileChange) => Promise<Answer<EnvDraft>>;
  /** Saves, reads the variables anew and works out what a start would do. */
  save: (environment: string, change: FileChange) => Promise<Answer<EnvSaved>>;
  backups: (environment: string, file: string) => Promise<Answer<EnvBackup[]>>;
  form: (environment: string) => Promise<Answer<EnvForm>>;
  /** Puts away what the last save said. */
  dismiss: (environment: string) => void;
}

const answerMs = 30_000;

/** Variables, env files and what they make of the compose files, by environment. */
export function createConfigurationStore(
  core: Core,
  operations: StoreApi<OperationSlice>,
): StoreApi<ConfigurationSlice> {
  const { configuration, stack } = core.client;
  const answer = async <T>(ask: () => Promise<T>): Promise<Answer<T>> => {
    try {
      await core.connected(AbortSignal.timeout(answerMs));
      return { value: await ask() };
    } catch (error) {
      return { problem: problemFrom(core, error) };
    }
  };
  const planOf = async (environment: string): Promise<Pick<SavedChange, 'plan'>> => {
    const planned = await answer(() => stack.plan({ environment, action: { verb: 'up' } }));
    return 'value' in planned ? { plan: planned.value } : {};
  };
  const store = createStore<ConfigurationSlice>((set, get) => {
    const change = (environment: string, more: ConfigurationEntry) => {
      set(({ byEnvironment }) => ({
        byEnvironment: { ...byEnvironment, [environment]: { ...byEnvironment[environment], ...more } },
      }));
    };
    return {
      byEnvironment: {},
      async load(environment, part) {
        const found = await answer<unknown>(() => configuration[part]({ environment }));
        const known = get().byEnvironment[environment]?.[part];
        const next = 'value' in found ? { ...found, problem: undefined } : { ...known, ...found };
        change(environment, { [part]: next });
      },
      reveal: (environment, name) => answer(() => configuration.reveal({ environment, name })),
      text: (environment, file, reveal) => answer(() => configuration.text({ environment, file, reveal })),
      draft: (environment, request) => answer(() => configuration.draft({ environment, ...request })),
      async save(environment, request) {
        const saved = await answer(() => configuration.save({ environment, ...request }));
        if (!('value' in saved)) return saved;
        const [planned] = await Promise.all([planOf(environment), get().load(environment, 'variables')]);
        change(environment, { saved: { ...saved.value, ...planned } });
        return saved;
      },
      backups: (environment, file) => answer(() => configuration.backups({ environment, file })),
      form: (environment) => answer(() => configuration.form({ environment })),
      dismiss: (environment) => {
        change(environment, { saved: undefined });
      },
    };
  });

  planAfterOperations(store, operations, planOf);
  return store;
}

/** What a start would do is worked out anew when an operation has ended: it may have been that start. */
function planAfterOperations(
  store: StoreApi<ConfigurationSlice>,
  operations: StoreApi<OperationSlice>,
  planOf: (environment: string) => Promise<Pick<SavedChange, 'plan'>>,
): void {
  operations.subscribe(({ byEnvironment }, before) => {
    for (const [environment, { view }] of Object.entries(byEnvironment)) {
      if (view?.end === undefined || before.byEnvironment[environment]?.view?.end !== undefined) continue;
      if (store.getState().byEnvironment[environment]?.saved === undefined) continue;
      void planOf(environment).then(({ plan }) => {
        const { byEnvironment: all } = store.getState();
        const saved = all[environment]?.saved;
        if (saved === undefined || plan === undefined) return;
        store.setState({
          byEnvironment: { ...all, [environment]: { ...all[environment], saved: { ...saved, plan } } },
        });
      });
    }
  });
}
