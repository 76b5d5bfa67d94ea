import {
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type ClientAuth,
  ClientSecretBasic,
  ClientSecretPost,
  type Configuration,
  type CustomFetch,
  calculatePKCECodeChallenge,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
  type IDToken,
} from 'openid-client';
import type { OidcConfig } from './config-file.ts';
import { createProviderFetch } from './provider-fetch.ts';
import { IssuerDiffers, toProviderProblem } from './provider-problem.ts';

/** What one sign-in is recognised by: each is a secret of its own, made for it alone. */
export interface Proofs {
  readonly state: string;
  readonly nonce: string;
  /** Of PKCE: whoever has the code and not this has nothing. */
  readonly verifier: string;
}

/** The provider at which people sign in. Its methods throw FORBIDDEN or PROVIDER_UNREACHABLE, with words for people. */
export interface Provider {
  readonly name: string;
  /** Where the browser has to go; it comes back to `redirectUri`. */
  signInAddress(redirectUri: string, proofs: Proofs): Promise<string>;
  /** The checked claims of whoever came back to this address. */
  claims(returned: URL, proofs: Proofs): Promise<IDToken>;
}

/** Where the provider has its addresses is asked anew after that, as it may move them. */
const discoveredMs = 60 * 60_000;

/** Nothing is asked of the provider before somebody signs in, so a panel starts without it. */
export function createProvider(config: OidcConfig, fetch: CustomFetch = createProviderFetch()): Provider {
  let known: { readonly until: number; readonly configuration: Promise<Configuration> } | undefined;
  const configured = async (): Promise<Configuration> => {
    if (known === undefined || known.until <= performance.now()) {
      known = { until: performance.now() + discoveredMs, configuration: discover(config, fetch) };
    }
    const asked = known;
    try {
      return await asked.configuration;
    } catch (error) {
      if (known === asked) known = undefined;
      throw error;
    }
  };
  return {
    name: config.name,
    async signInAddress(redirectUri, { state, nonce, verifier }) {
      return explained(config, async () => {
        const address = buildAuthorizationUrl(await configured(), {
          redirect_uri: redirectUri,
          scope: config.scopes.join(' '),
          state,
          nonce,
          code_challenge: await calculatePKCECodeChallenge(verifier),
          code_challenge_method: 'S256',
        });
        return address.href;
      });
    },
    async claims(returned, { state, nonce, verifier }) {
      return explained(config, async () => {
        const answer = await authorizationCodeGrant(await configured(), returned, {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: verifier,
          idTokenExpected: true,
        });
        const claims = answer.claims();
        if (claims === undefined) throw new Error('there is no ID token');
        return claims;
      });
    },
  };
}

/** Without the check of signatures the library takes the ID token on the word of TLS alone. */
async function discover({ issuer, clientId, clientSecret }: OidcConfig, fetch: CustomFetch): Promise<Configuration> {
  const found = await discovery(new URL(issuer), clientId, undefined, authentication(clientSecret), {
    [customFetch]: fetch,
    execute: [enableNonRepudiationChecks],
  });
  // The library lets other spellings pass, and for some providers other issuers.
  if (found.serverMetadata().issuer !== issuer) throw new IssuerDiffers();
  return found;
}

/** In the body where the provider takes it there, as not all decode it alike in a header; else as the standard has it. */
function authentication(secret: string): ClientAuth {
  const inBody = ClientSecretPost(secret);
  const inHeader = ClientSecretBasic(secret);
  return (server, client, body, headers) => {
    const methods = server.token_endpoint_auth_methods_supported ?? [];
    (methods.includes('client_secret_post') ? inBody : inHeader)(server, client, body, headers);
  };
}

async function explained<T>(config: OidcConfig, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw toProviderProblem(error, config);
  }
}
