import { configJson, loadModel, type Model } from '#engine/compose/index.ts';
import type { Area, Verdict } from './area.ts';
import { compareBatch, type Single } from './batch.ts';
import { type Case, cliArguments, environmentOf, requestOf, withFolder } from './case.ts';
import { modelTables } from './cases/all.ts';
import { differences } from './differences.ts';
import { pooled } from './pooled.ts';
import type { Reference } from './reference.ts';

type Outcome = { readonly ok: true; readonly config: unknown } | { readonly ok: false; readonly message: string };

/** What docker compose makes of a case. */
export async function byReference(one: Case, folder: string, reference: Reference): Promise<Outcome> {
  const options = { cwd: folder, env: environmentOf(one) };
  const { ok, stdout, stderr } = await reference.run([...cliArguments(one), 'config', '--format', 'json'], options);
  return ok ? { ok, config: JSON.parse(stdout) } : { ok, message: stderr.trim() };
}

/** What this engine makes of it, written as that version of docker compose would. */
async function byUs(one: Case, folder: string, { profile }: Reference): Promise<Outcome> {
  let model: Model;
  try {
    model = await loadModel(requestOf(one, folder));
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) };
  }
  return { ok: true, config: JSON.parse(configJson(model, profile)) };
}

/** Both tools read the case: the models have to be equal, or both have to refuse. */
async function compareModels(one: Case, reference: Reference): Promise<Verdict> {
  return withFolder(one, async (folder) => {
    const [theirs, ours] = await Promise.all([byReference(one, folder, reference), byUs(one, folder, reference)]);
    if (!theirs.ok) return ours.ok ? `only docker compose refuses: ${theirs.message}` : undefined;
    if (!ours.ok) return `only this engine refuses: ${ours.message}`;
    const found = differences(ours.config, theirs.config);
    return found.length === 0 ? undefined : found.join('; ');
  });
}

/** A case that can be read among others: one service in one file, without paths, which this engine accepts. */
async function asSingle(one: Case, reference: Reference): Promise<Single | undefined> {
  const { body } = one;
  if (body === undefined || one.differs !== undefined || /[./~]|build/.test(body)) return undefined;
  const ours = await withFolder(one, (folder) => byUs(one, folder, reference));
  if (!ours.ok || typeof ours.config !== 'object' || ours.config === null) return undefined;
  const services: unknown = 'services' in ours.config ? ours.config.services : undefined;
  return typeof services === 'object' && services !== null && 'a' in services
    ? { one, body, ours: services.a }
    : undefined;
}

const batchSize = 25;

async function compareAll(cases: readonly Case[], reference: Reference): Promise<ReadonlyMap<string, Verdict>> {
  const alone = (one: Case): Promise<Verdict> => compareModels(one, reference);
  const singles = new Map<string, Single[]>();
  const others: Case[] = [];
  for (const one of cases) {
    const single = await asSingle(one, reference);
    const key = JSON.stringify(one.env ?? {});
    if (single === undefined) others.push(one);
    else singles.set(key, [...(singles.get(key) ?? []), single]);
  }
  const groups = [...singles.values()].flatMap((group) =>
    Array.from({ length: Math.ceil(group.length / batchSize) }, (_, index) =>
      group.slice(index * batchSize, (index + 1) * batchSize),
    ),
  );
  const together = await pooled(groups, 4, (group) => compareBatch(group, reference, alone));
  const apart = await pooled(others, 4, async (one) => [one.name, await alone(one)] as const);
  return new Map([...together.flat(), ...apart]);
}

/** Areas of projects of which both tools make the same model. */
export const modelAreas: readonly Area[] = modelTables.map(({ name, about, cases }) => ({
  name,
  about,
  items: cases,
  check: (_, reference) => compareAll(cases, reference),
}));
