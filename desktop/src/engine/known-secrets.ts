import { say } from '#kit/say.ts';
import { isSecretName } from '#kit/secret-name.ts';
import { envFilesOf, type LoadRequest, type Model, readEnvEntries, readText } from './compose/index.ts';
import type { Hidden } from './diagnostics/index.ts';
import { type DockerGateway, parseReference, type RegistryAuth } from './docker/index.ts';
import { label } from './stack/index.ts';

/** Where secrets of an environment may be. */
export interface SecretPlaces {
  /** The environment in which Quayside runs. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly model?: Model | undefined;
  /** Absent where the files are not on this machine. */
  readonly request?: LoadRequest | undefined;
  readonly project?: string | undefined;
  readonly gateway: () => Promise<DockerGateway>;
}

type Pairs = Iterable<readonly [string, string | null | undefined]>;

/** The secrets that this machine and a project's containers know of: in no case are they handed on. */
export async function knownSecrets(places: SecretPlaces): Promise<Hidden> {
  const { env, model, request } = places;
  const unread: string[] = [];
  const attempt = (what: string, work: Promise<string[]>): Promise<string[]> =>
    work.catch(() => {
      unread.push(say`${what} could not be read.`);
      return [];
    });
  const given = [
    ...secretsOf(Object.entries(env)),
    ...(model === undefined ? [] : [...secretsOf(model.environment), ...secretsIn(model), ...writtenSecrets(model)]),
  ];
  const found = await Promise.all([
    ...(request === undefined ? [] : envFilesOf(request)).map((file) =>
      attempt(say`The env file ${file}`, secretsOfEnvFile(file)),
    ),
    ...secretFilesOf(model).map((file) => attempt(say`The secret file ${file}`, readText(file).then(linesOf))),
    attempt(say`The environment of the containers`, secretsOfContainers(places)),
    attempt(say`Saved registry logins`, loginsOf(places)),
  ]);
  return { values: [...new Set([...given, ...found.flat()].flatMap(spellings))], unread };
}

/** A secret as others write it: in base64, in an address, in JSON inside of JSON. */
function spellings(value: string): string[] {
  const bare = value.trim();
  if (bare === '') return [];
  return [
    value,
    bare,
    quoted(bare),
    quoted(quoted(bare)),
    Buffer.from(bare).toString('base64'),
    encodeURIComponent(bare),
  ];
}

const quoted = (text: string): string => JSON.stringify(text).slice(1, -1);

/** Values behind names that say so, and passwords in addresses behind any name. */
function secretsOf(pairs: Pairs): string[] {
  return [...pairs].flatMap(([name, value]) => {
    if (value === null || value === undefined) return [];
    return isSecretName(name) ? linesOf(value) : passwordsIn(value);
  });
}

function passwordsIn(value: string): string[] {
  const found = [...value.matchAll(/:\/\/[^\s:/@]*:([^\s@/]+)@/g)].flatMap(([, password = '']) => [password]);
  return found.flatMap((password) => [password, decoded(password)]);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A key or a certificate may be printed line by line. */
function linesOf(value: string): string[] {
  return [value, ...(value.includes('\n') ? value.split('\n').filter((line) => line.trim().length > 8) : [])];
}

/** The same anywhere in a model: environments, build arguments, labels, hooks, extensions. */
function secretsIn(value: unknown): string[] {
  if (typeof value === 'string') {
    const [, name = '', rest = ''] = /^([\w.-]+)=(.*)$/s.exec(value) ?? [];
    return secretsOf([[name, name === '' ? value : rest]]);
  }
  if (value instanceof Map || Array.isArray(value)) return [...value.values()].flatMap(secretsIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, one]) =>
    typeof one === 'string' ? secretsOf([[name, one]]) : secretsIn(one),
  );
}

/** Also where the compose files are broken, so that there is no model. */
async function secretsOfEnvFile(file: string): Promise<string[]> {
  const text = await readText(file).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  });
  return secretsOf(readEnvEntries(file, text, () => '').map(({ key, value }) => [key, value]));
}

/** Secrets that a file gives as a text or by the name of a variable, whatever that is called. */
function writtenSecrets({ secrets, environment: variables }: Model): string[] {
  return [...secrets.values()].flatMap(({ content, environment = '' }) =>
    [content, variables.get(environment)].flatMap((value) => (value === undefined ? [] : linesOf(value))),
  );
}

function secretFilesOf(model: Model | undefined): string[] {
  return [...(model?.secrets.values() ?? [])].flatMap(({ file }) => (file === undefined ? [] : [file]));
}

/** What runs may have been given other values than the files have now. */
async function secretsOfContainers({ project, gateway }: SecretPlaces): Promise<string[]> {
  if (project === undefined) return [];
  const { containers } = await gateway();
  const all = await containers.list({ label: [`${label.project}=${project}`] });
  const settings = await Promise.all(all.map(({ id }) => containers.settings(id)));
  return settings.flatMap(({ environment }) => secretsOf(environment));
}

async function loginsOf({ model, gateway }: SecretPlaces): Promise<string[]> {
  const images = [...(model?.services.values() ?? [])].flatMap(({ image }) => (image === undefined ? [] : [image]));
  const { images: calls } = await gateway();
  const own = (await calls.logins()).logins.filter(({ source }) => source === 'quayside');
  const domains = new Set([
    ...images.flatMap((image) => parseReference(image)?.domain ?? []),
    ...own.map(({ domain }) => domain),
  ]);
  const logins = await Promise.all([...domains].map((domain) => calls.login(domain)));
  return logins.flatMap(({ auth }) => (auth === undefined ? [] : loginSecrets(auth)));
}

function loginSecrets({ username = '', password, identitytoken }: RegistryAuth): string[] {
  const token = identitytoken === undefined ? [] : [identitytoken];
  return password === undefined ? token : [password, `${username}:${password}`, ...token];
}
