import { QuaysideError, type RegistryLoginRequest, type RegistryLogins } from '#contract/index.ts';
import { say } from '#kit/say.ts';
import { type DockerGateway, type LoginKeeper, registryName } from './docker/index.ts';

/** The logins that pulls, builds and looks at registries use. */
export interface RegistryCalls {
  /** Which there are; holds no secrets. */
  logins(): Promise<RegistryLogins>;
  /** Keeps a login once the engine has signed in with it. Throws REGISTRY_*, ENGINE_*; then nothing is kept. */
  login(request: RegistryLoginRequest): Promise<RegistryLogins>;
  /** Forgets one that was made by `login`; those of Docker's own stay. Throws REGISTRY_LOGIN where there is none. */
  logout(domain: string): Promise<RegistryLogins>;
}

export interface RegistryCallsOptions {
  readonly keeper: LoginKeeper;
  readonly gateway: () => Promise<DockerGateway>;
  /** Writes down what was done, with the address of the engine; where that fails, it is not done. */
  readonly note: (engine: string, summary: string) => Promise<void>;
}

export function createRegistryCalls({ keeper, gateway, note }: RegistryCallsOptions): RegistryCalls {
  const logins = async (): Promise<RegistryLogins> => ({
    ...(await (await gateway()).images.logins()),
    keeping: await keeper.keeping(),
  });
  return {
    logins,
    async login({ domain, username, password }) {
      const name = registryName(domain);
      const { images, endpoint } = await gateway();
      await images.checkLogin(name, { username, password });
      await note(endpoint.url, say`Signed in to ${name} as ${username}`);
      await keeper.keep(name, { username, password });
      return logins();
    },
    async logout(domain) {
      const name = registryName(domain);
      if ((await keeper.domains()).includes(name)) {
        await note((await gateway()).endpoint.url, say`Signed out of ${name}`);
        await keeper.forget(name);
        return logins();
      }
      throw new QuaysideError('REGISTRY_LOGIN', say`No login for ${name} was made here.`, {
        remedy: say`One of Docker's own ends with docker logout ${name}.`,
      });
    },
  };
}
