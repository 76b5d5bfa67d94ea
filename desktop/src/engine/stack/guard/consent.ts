import { relative } from 'node:path';
import type { Action, PlanRisk } from '#contract/index.ts';
import type { Model, ModelRisk } from '#engine/compose/index.ts';
import { notAllowed, unconfirmed } from './project-guard.ts';

/** The project whose risks are looked at. */
export type Asker = Pick<Model, 'name' | 'directory'>;

/** How the risks of projects stand with those who run them; only red ones are of interest. */
export interface Consent {
  /** What was decided about each, in order. */
  decisions(asker: Asker, risks: readonly ModelRisk[]): Promise<readonly PlanRisk['decision'][]>;
  /** Keeps in mind that these were agreed to, so that they are not asked for again. */
  grant(asker: Asker, ids: readonly string[]): Promise<void>;
}

const redOnes = ({ risks }: Model): ModelRisk[] => risks.filter(({ level }) => level === 'red');

/** The red risks of a model as a plan shows them. */
export async function plannedRisks(consent: Consent, model: Model | undefined): Promise<PlanRisk[]> {
  if (!model) return [];
  const red = redOnes(model);
  if (red.length === 0) return [];
  const decisions = await consent.decisions(model, red);
  return red.map(({ id, kind, user, message, place: { file, line } }, index) => {
    const way = relative(model.directory, file);
    const place = { file: way.startsWith('..') ? file : way, line };
    return { id, kind, user, message, place, decision: decisions[index] ?? 'ask' };
  });
}

/**
 * Throws POLICY_REFUSED where a red risk is forbidden, or neither agreed to nor named by the action. Gives the ids that were
 * agreed to just now; they are kept in mind.
 */
export async function agree(consent: Consent, model: Model, action: Action): Promise<string[]> {
  const risks = await plannedRisks(consent, model);
  const forbidden = risks.filter(({ decision }) => decision === 'forbidden');
  if (forbidden.length > 0) throw notAllowed(forbidden);
  const asked = risks.filter(({ decision }) => decision === 'ask');
  const named = action.allowRisks ?? [];
  const open = asked.filter(({ id }) => !named.includes(id));
  if (open.length > 0) throw unconfirmed(open);
  const ids = asked.map(({ id }) => id);
  if (ids.length > 0) await consent.grant(model, ids);
  return ids;
}

/** Ids of the red risks of a model, once {@link agree} has let it pass. */
export const agreedIds = (model: Model | undefined): ReadonlySet<string> =>
  new Set(model === undefined ? [] : redOnes(model).map(({ id }) => id));
