import { whoami } from './actor.ts';
import type { Consent } from './stack/index.ts';
import { createAgreedRisks, stateDirectory } from './workspace/index.ts';

/** What of the risks of a project may be: what somebody on this account agreed to before. */
export function createConsent(env: Readonly<Record<string, string | undefined>>): Consent {
  const agreed = createAgreedRisks(() => stateDirectory(env['QUAYSIDE_STATE_DIR']));
  return {
    async decisions(asker, risks) {
      const known = await agreed.ids(asker);
      return risks.map(({ id }) => (known.has(id) ? 'agreed' : 'ask'));
    },
    grant(asker, ids) {
      const { actor, host } = whoami();
      return agreed.add(asker, ids, `${actor}@${host}`);
    },
  };
}
