import { toProblem } from '#contract/index.ts';
import type { Check } from '../check.ts';

/** The engine answers and is new enough. */
export const engineCheck: Check = {
  name: 'engine',
  async run(input) {
    try {
      const gateway = await input.gateway();
      const { version, apiVersion } = await gateway.info();
      await gateway.ping();
      const title = `Docker Engine ${version} answers (API ${apiVersion})`;
      return [{ check: 'engine', severity: 'ok', title, details: { endpoint: gateway.endpoint.url } }];
    } catch (error) {
      const { code, message, remedy } = toProblem(error);
      return [
        {
          check: 'engine',
          severity: 'blocker',
          title: message,
          why: 'Everything that Quayside does is done by the Docker Engine.',
          ...(remedy === undefined ? {} : { remedy }),
          details: { code },
        },
      ];
    }
  },
};
