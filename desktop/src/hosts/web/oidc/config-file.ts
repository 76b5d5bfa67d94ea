import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { QuaysideError, type Role, role } from '#contract/index.ts';
import { readPrivateFile } from '../private-file.ts';

/** How people sign in at a provider (OpenID Connect), and what its word for them makes of them here. */
export interface OidcConfig {
  /** What people know the provider as. */
  readonly name: string;
  /** Byte for byte as the provider writes it. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly scopes: readonly string[];
  /** Where in the ID token stands what a role is given for: the names of claims from the outside to the inside. */
  readonly claim: readonly string[];
  readonly mapping: ReadonlyMap<string, Role>;
  readonly userNameClaim: string;
}

const text = z.string().min(1).max(1000);
const scope = z.string().regex(/^[\x21\x23-\x5b\x5d-\x7e]+$/, 'is no scope');

const oidcFile = z
  .strictObject({
    version: z.literal(1),
    name: z
      .string()
      .regex(/^[^\p{C}()]+$/u, 'has to be a name without brackets')
      .trim()
      .min(1)
      .max(40),
    issuer: z.string().refine(isIssuer, 'has to be an https address without user, query and fragment'),
    client_id: text,
    client_secret: text.optional(),
    client_secret_file: text.optional(),
    scopes: z
      .array(scope)
      .refine((scopes) => scopes.includes('openid'), 'has to have openid among them')
      .default(['openid', 'profile']),
    claim: z.union([text.transform((one) => [one]), z.array(text).min(1)]),
    mapping: z.record(text, role).refine((one) => Object.keys(one).length > 0, 'lets nobody in'),
    user_name_claim: text.default('preferred_username'),
  })
  .refine((file) => (file.client_secret === undefined) !== (file.client_secret_file === undefined), {
    message: 'takes either client_secret or client_secret_file',
  });

/** Throws FILE_REFUSED where the file, or that of its secret, is missing, open to others, or not understood. */
export async function readOidcConfig(path: string): Promise<OidcConfig> {
  const ifMissing = 'The user guide, Sharing the panel, says what belongs into one.';
  const file = parse(path, await readPrivateFile(path, { what: 'OIDC file', ifMissing }));
  return {
    name: file.name,
    issuer: file.issuer,
    clientId: file.client_id,
    clientSecret: file.client_secret ?? (await readSecret(resolve(dirname(path), file.client_secret_file ?? ''))),
    scopes: file.scopes,
    claim: file.claim,
    mapping: new Map(Object.entries(file.mapping)),
    userNameClaim: file.user_name_claim,
  };
}

async function readSecret(path: string): Promise<string> {
  const ifMissing = 'client_secret_file names it, from the folder of the OIDC file.';
  const secret = (await readPrivateFile(path, { what: 'client secret file', ifMissing })).trim();
  if (secret !== '') return secret;
  throw new QuaysideError('FILE_REFUSED', `The client secret file ${path} is empty.`, {
    remedy: 'Write the secret that the provider gave for this panel into it.',
  });
}

function parse(path: string, written: string): z.infer<typeof oidcFile> {
  let value: unknown;
  try {
    value = JSON.parse(written);
  } catch {
    throw notUnderstood(path, 'it is not JSON');
  }
  const found = oidcFile.safeParse(value);
  if (found.success) return found.data;
  const [issue] = found.error.issues;
  throw notUnderstood(path, [issue?.path.join('.'), issue?.message].filter(Boolean).join(': '));
}

/** Never with what stands in the file, as a secret does. */
function notUnderstood(path: string, why: string): QuaysideError {
  return new QuaysideError('FILE_REFUSED', `The OIDC file ${path} is not understood: ${why}.`, {
    remedy: 'The user guide, Sharing the panel, says what belongs into it.',
  });
}

function isIssuer(address: string): boolean {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  return url?.protocol === 'https:' && url.username === '' && !/[?#]/.test(address);
}
