import { configJson, loadModel, type Model } from '#engine/compose/index.ts';
import type { Area, Verdict } from './area.ts';
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

/** Areas of projects of which both tools make the same model. */
export const modelAreas: readonly Area[] = modelTables.map(({ name, about, cases }) => ({
  name,
  about,
  items: cases,
  async check(_, reference) {
    const verdicts = await pooled(cases, 4, async (one) => [one.name, await compareModels(one, reference)] as const);
    return new Map(verdicts);
  },
}));
