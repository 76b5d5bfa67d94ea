import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { z } from 'zod';
import { QuaysideError } from '#contract/index.ts';
import { say } from '#kit/say.ts';
import type { FoundEnvironment } from './environments.ts';

/** Reads YAML text into plain values; throws with the place where it is broken. */
export type ParseYaml = (text: string, file: string) => unknown;

export const quaysideNames = ['quayside.yml', 'quayside.yaml', 'quayside.json'];

const environmentEntry = z.strictObject({
  title: z.string().optional(),
  files: z.array(z.string()).min(1),
  env_files: z.array(z.string()).default([]),
  profiles: z.array(z.string()).default([]),
  /** Compose project name, taken as it is. */
  project: z
    .string()
    .regex(/^[a-z0-9][a-z0-9_-]*$/, say`must be lower-case letters, digits, - and _, beginning with a letter or digit`)
    .optional(),
});
/** Kinds of risk, ids, or the begin of an id with `*` behind it. */
const riskPatterns = z.array(z.string().min(1));
const riskPolicy = z.strictObject({
  /** Nobody can agree to these. */
  deny: riskPatterns.default([]),
  /** Where it is there, nobody can agree to anything else. */
  only: riskPatterns.optional(),
});
const repositoryName = /^[\w.-]+\/[\w.-]+$/;
const imageRule = z
  .strictObject({
    /** Name without tag; `*` at the end stands for anything. */
    match: z.string().min(1),
    verify: z.enum(['require', 'warn', 'off']),
    workflow: z
      .string()
      .regex(
        /^[\w.-]+\/[\w.-]+\/\.github\/workflows\/[\w.-]+\.ya?ml$/,
        say`must be OWNER/REPOSITORY/.github/workflows/FILE`,
      )
      .optional(),
    refs: z
      .array(z.string().regex(/^refs\/[^\s@*]+\*?$/, say`must be a full name such as refs/heads/main`))
      .min(1)
      .default(['refs/heads/main']),
    source: z.string().regex(repositoryName, say`must be OWNER/REPOSITORY`).optional(),
  })
  .transform(({ match, verify, workflow, refs, source }) => ({
    match,
    verify,
    ...(workflow === undefined ? {} : { signer: { workflow, refs, source } }),
  }));

const quaysideFile = z.strictObject({
  environments: z.record(z.string().regex(/^[\w.-]+$/), environmentEntry).optional(),
  policy: z
    .strictObject({
      risks: riskPolicy.optional(),
      images: z.array(imageRule).optional(),
      /** A trusted_root.json of a Sigstore of one's own. */
      trusted_root: z.string().optional(),
    })
    .optional(),
});
type QuaysideFile = z.infer<typeof quaysideFile>;

/** What a team lets nobody agree to. It can only forbid: a file of the project may not allow itself anything. */
export interface RiskPolicy {
  readonly deny: readonly string[];
  readonly only?: readonly string[] | undefined;
  /** The file that says so. */
  readonly file: string;
}

function invalid(file: string, message: string, cause?: unknown): QuaysideError {
  return new QuaysideError('COMPOSE_INVALID', `${basename(file)}: ${message}`, {
    remedy: say`Correct the file: docs/user-guide.md says what it may hold. Without it the environments follow from the names of the compose files.`,
    details: { file },
    cause,
  });
}

function parse(file: string, text: string, parseYaml: ParseYaml | undefined): unknown {
  if (!file.endsWith('.json')) {
    if (parseYaml === undefined) throw invalid(file, say`YAML cannot be read here; use quayside.json.`);
    return parseYaml(text, file);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw invalid(file, error instanceof Error ? error.message : String(error), error);
  }
}

function titleOf(id: string): string {
  return id.charAt(0).toUpperCase() + id.slice(1);
}

/** A few rules are much less; and no text of this size takes the parser a second. */
const maxBytes = 64 * 1024;

/** Looks before it opens: a device may have no end, and a pipe nobody who writes. */
async function readSmall(file: string): Promise<string> {
  const found = await stat(file);
  if (!found.isFile()) throw invalid(file, say`it is not a regular file`);
  if (found.size > maxBytes) throw invalid(file, say`it is larger than 64 KiB`);
  return readFile(file, 'utf8');
}

async function readQuaysideFile(
  directory: string,
  present: ReadonlySet<string>,
  parseYaml: ParseYaml | undefined,
): Promise<{ readonly file: string; readonly data: QuaysideFile } | undefined> {
  const name = quaysideNames.find((candidate) => present.has(candidate));
  if (name === undefined) return undefined;
  const file = join(directory, name);
  const parsed = quaysideFile.safeParse(parse(file, await readSmall(file), parseYaml) ?? {});
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw invalid(file, `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'invalid'}`, parsed.error);
  }
  return { file, data: parsed.data };
}

/** What is asked of images, and the text of the trusted root that was named. */
export interface ImageRules {
  readonly rules: readonly z.infer<typeof imageRule>[];
  readonly trustedRoot?: string;
}

/** What the quayside file of a project's folder asks of images; no rules where there is none, or it says nothing of that. */
export async function readImageRules(directory: string, parseYaml: ParseYaml): Promise<ImageRules> {
  const present = await readdir(directory).catch(() => []);
  const found = await readQuaysideFile(directory, new Set(present), parseYaml);
  const { images = [], trusted_root: root } = found?.data.policy ?? {};
  if (found === undefined || root === undefined) return { rules: images };
  const text = await readSmall(resolve(directory, root)).catch((error: unknown) => {
    throw invalid(found.file, say`policy.trusted_root: ${root} cannot be read`, error);
  });
  return { rules: images, trustedRoot: text };
}

/** What the quayside file of a project's folder forbids; undefined where there is none, or it says nothing of that. */
export async function readRiskPolicy(directory: string, parseYaml: ParseYaml): Promise<RiskPolicy | undefined> {
  const present = await readdir(directory).catch(() => []);
  const found = await readQuaysideFile(directory, new Set(present), parseYaml);
  const risks = found?.data.policy?.risks;
  return found === undefined || risks === undefined ? undefined : { ...risks, file: basename(found.file) };
}

/** The environments that a quayside file names, in its order; undefined where there is no file or it names none. */
export async function readNamedEnvironments(
  directory: string,
  present: ReadonlySet<string>,
  parseYaml: ParseYaml | undefined,
): Promise<FoundEnvironment[] | undefined> {
  const found = await readQuaysideFile(directory, present, parseYaml);
  const entries = Object.entries(found?.data.environments ?? {});
  if (entries.length === 0) return undefined;
  const folder = basename(directory);
  return entries.map(([id, entry]) => ({
    id,
    title: entry.title ?? titleOf(id),
    files: entry.files.map((path) => resolve(directory, path)),
    envFiles: entry.env_files.map((path) => resolve(directory, path)),
    profiles: entry.profiles,
    ...(entry.project === undefined ? {} : { projectName: entry.project }),
    fallbackName: entries.length === 1 ? folder : `${folder}-${id}`,
  }));
}
