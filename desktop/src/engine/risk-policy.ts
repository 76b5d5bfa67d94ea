import type { PlanRisk } from '#contract/index.ts';
import type { RiskPolicy } from './workspace/index.ts';

type Judged = Pick<PlanRisk, 'id' | 'kind'>;

/** Whether nobody may agree to a risk. */
export function isForbidden({ deny, only }: RiskPolicy, risk: Judged): boolean {
  const isMeant = (pattern: string): boolean =>
    pattern === risk.kind || (pattern.endsWith('*') ? risk.id.startsWith(pattern.slice(0, -1)) : pattern === risk.id);
  return deny.some(isMeant) || (only !== undefined && !only.some(isMeant));
}
