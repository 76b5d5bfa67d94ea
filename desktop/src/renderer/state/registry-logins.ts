import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Problem, RegistryLoginRequest, RegistryLogins } from '#contract/index.ts';
import { type Core, problemFrom } from './core.ts';

export interface RegistryLoginsSlice {
  /** For which registries there are logins; never a login itself. */
  readonly view?: RegistryLogins | undefined;
  readonly problem?: Problem | undefined;
  /** Something is asked of a registry now. */
  readonly busy: boolean;
  /** The registry that somebody is to sign in to. */
  readonly asked?: string | undefined;
  readonly load: () => Promise<void>;
  /** True where the registry accepted it. */
  readonly login: (request: RegistryLoginRequest) => Promise<boolean>;
  readonly logout: (domain: string) => Promise<void>;
  readonly ask: (registry: string | undefined) => void;
}

export function createRegistryLoginsStore(core: Core): StoreApi<RegistryLoginsSlice> {
  return createStore<RegistryLoginsSlice>((set) => {
    const attempt = async (work: () => Promise<RegistryLogins>): Promise<boolean> => {
      try {
        set({ view: await work(), problem: undefined });
        return true;
      } catch (error) {
        set({ problem: problemFrom(core, error) });
        return false;
      }
    };
    const asking = async (work: () => Promise<RegistryLogins>): Promise<boolean> => {
      set({ busy: true });
      const done = await attempt(work);
      set({ busy: false });
      return done;
    };
    return {
      busy: false,
      async load() {
        await attempt(() => core.client.registry.logins());
      },
      login: (request) => asking(() => core.client.registry.login(request)),
      async logout(domain) {
        await asking(() => core.client.registry.logout({ domain }));
      },
      ask(registry) {
        set({ asked: registry });
      },
    };
  });
}
