import { readOidcConfig } from './config-file.ts';
import { createProvider } from './provider.ts';
import { createProviderSignIn, type ProviderSignIn, type ProviderSignInDeps } from './provider-sign-in.ts';

/** Signing in as an OIDC file says. Throws FILE_REFUSED. */
export async function openOidc(
  path: string,
  { sessions, log }: Pick<ProviderSignInDeps, 'sessions' | 'log'>,
  onTrouble: (sentence: string) => void,
): Promise<ProviderSignIn> {
  const config = await readOidcConfig(path);
  return createProviderSignIn({ config, provider: createProvider(config), sessions, log, onTrouble });
}
