import type { Area, Item, Verdict } from '../area.ts';
import { pooled } from '../pooled.ts';
import type { Reference } from '../reference.ts';
import { type Question, questions, type Scenario } from './scenario.ts';
import { scenarios } from './scenarios.ts';
import { onStage, type Stage } from './stage.ts';

const atOnce = 3;

/** K.2.4 of the plan: what one tool begins, the other can go on with. */
export const bothWaysArea: Area = {
  name: 'both-ways',
  about: 'projects that one tool starts and the other adopts, changes and takes down',
  items: scenarios.flatMap((scenario) => questions.map((question) => itemOf(scenario, question))),
  async check(items, reference) {
    const asked = new Set(items.map(({ name }) => name));
    const wanted = scenarios.filter((scenario) => questions.some((question) => asked.has(nameOf(scenario, question))));
    const runs = wanted.flatMap((scenario) => [byThemFirst, byUsFirst].map((run) => () => run(scenario, reference)));
    return new Map((await pooled(runs, atOnce, (run) => run())).flat());
  },
};

function itemOf(scenario: Scenario, question: Question): Item {
  const differs = scenario.differs?.[question];
  return { name: nameOf(scenario, question), ...(differs === undefined ? {} : { differs }) };
}

function nameOf(scenario: Scenario, question: Question): string {
  return `${scenario.name}: ${question}`;
}

type Verdicts = readonly (readonly [name: string, verdict: Verdict])[];

/** They start it, we look; we change it, they look; we take it down. */
const byThemFirst = (scenario: Scenario, reference: Reference): Promise<Verdicts> =>
  played(scenario, reference, questions.slice(0, 3), async (stage) => {
    await stage.put(scenario.before);
    await stage.upByThem();
    const found = await stage.foundByUs();
    await stage.put(scenario.after);
    await stage.upByUs();
    const changed = await stage.foundByThem();
    await stage.downByUs();
    return [found, changed, await stage.leftovers()];
  });

/** We start it, they look; they change it, we look; they take it down. */
const byUsFirst = (scenario: Scenario, reference: Reference): Promise<Verdicts> =>
  played(scenario, reference, questions.slice(3), async (stage) => {
    await stage.put(scenario.before);
    await stage.upByUs();
    const found = await stage.foundByThem();
    await stage.put(scenario.after);
    await stage.upByThem();
    const changed = await stage.foundByUs();
    await stage.downByThem();
    return [found, changed, await stage.leftovers()];
  });

async function played(
  scenario: Scenario,
  reference: Reference,
  asked: readonly Question[],
  play: (stage: Stage) => Promise<readonly Verdict[]>,
): Promise<Verdicts> {
  try {
    const verdicts = await onStage(scenario, reference, play);
    return asked.map((question, index) => [nameOf(scenario, question), verdicts[index]]);
  } catch (error) {
    const text = `failed: ${error instanceof Error ? error.message : String(error)}`;
    return asked.map((question) => [nameOf(scenario, question), text]);
  }
}
