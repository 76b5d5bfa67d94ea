import { whoami } from './actor.ts';
import { parseYamlDocument } from './compose/index.ts';
import { isForbidden } from './risk-policy.ts';
import type { Consent } from './stack/index.ts';
import { createAgreedRisks, readRiskPolicy, stateDirectory } from './workspace/index.ts';

/** What of the risks of a project may be: what somebody on this account agreed to before, unless the project's policy forbids it. */
export function createConsent(env: Readonly<Record<string, string | undefined>>): Consent {
  const agreed = createAgreedRisks(() => stateDirectory(env['QUAYSIDE_STATE_DIR']));
  return {
    async decisions(asker, risks) {
      const [known, policy] = await Promise.all([
        agreed.ids(asker),
        readRiskPolicy(asker.directory, parseYamlDocument),
      ]);
      return risks.map((risk) => {
        if (policy !== undefined && isForbidden(policy, risk)) return 'forbidden';
        return known.has(risk.id) ? 'agreed' : 'ask';
      });
    },
    grant(asker, ids) {
      const { actor, host } = whoami();
      return agreed.add(asker, ids, `${actor}@${host}`);
    },
  };
}
