import { loadModel } from '#engine/compose/index.ts';
import type { Area, Verdict } from './area.ts';
import { requestOf, withFolder } from './case.ts';
import { withKnown } from './cases/all.ts';
import { errorCases, type Refused } from './cases/errors.ts';
import { byReference } from './model.ts';
import { pooled } from './pooled.ts';
import type { Reference } from './reference.ts';

const cases = withKnown('errors', errorCases);

/** What is wrong with our own refusal: nothing, or that there is none, or that it does not say where or why. */
export async function refusalOf(one: Refused, folder: string): Promise<Verdict> {
  try {
    await loadModel(requestOf(one, folder));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (!message.startsWith(`${one.at}: `)) return `ours does not begin with ${one.at}: ${message}`;
    const missing = one.says.filter((words) => !message.includes(words));
    return missing.length === 0 ? undefined : `ours does not say ${missing.join(', ')}: ${message}`;
  }
  return 'only docker compose refuses';
}

async function compareRefusals(one: Refused, reference: Reference): Promise<Verdict> {
  return withFolder(one, async (folder) => {
    const [theirs, ours] = await Promise.all([byReference(one, folder, reference), refusalOf(one, folder)]);
    return theirs.ok ? 'only this engine refuses' : ours;
  });
}

export const errorAreas: readonly Area[] = [
  {
    name: 'errors',
    about: 'what both refuse; our message has to name file, line, column and the meaning',
    items: cases,
    async check(_, reference) {
      return new Map(await pooled(cases, 4, async (one) => [one.name, await compareRefusals(one, reference)] as const));
    },
  },
];
