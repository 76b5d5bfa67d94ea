import { createInterface } from 'node:readline/promises';
import { type Action, type PlanRisk, QuaysideError } from '#contract/index.ts';
import { printable } from '#kit/printable.ts';
import type { Session } from './session.ts';

/** A risk as people read it, with the id that --allow-risk takes. */
export function riskLine({ message, place, id }: PlanRisk): string {
  return `${printable(`${place.file}:${place.line}: ${message}`)} (${printable(id)})`;
}

/**
 * At a terminal, asks for the name of the project where the files ask for more of the machine than was agreed to, and gives the
 * action with what was agreed to. Without one nobody can be asked: then what --allow-risk does not name is refused when it begins.
 */
export async function agreeToRisks(
  { client, output, signal }: Session,
  environment: string,
  action: Action,
): Promise<Action> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return action;
  const { risks = [], project } = await client.stack.plan({ environment, action });
  const { allowRisks: named = [] } = action;
  const asked = risks.filter(({ id, decision }) => decision === 'ask' && !named.includes(id));
  if (asked.length === 0 || risks.some(({ decision }) => decision === 'forbidden')) return action;
  output.hint('These files ask for more of this machine than a container has:');
  for (const risk of asked) output.hint(`  ${riskLine(risk)}`);
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await terminal.question(`Type ${project} to agree: `, { signal });
    if (answer.trim() === project) return { ...action, allowRisks: [...named, ...asked.map(({ id }) => id)] };
    throw new QuaysideError('POLICY_REFUSED', 'The name did not match. Nothing was done.');
  } finally {
    terminal.close();
  }
}
