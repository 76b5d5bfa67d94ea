import type { Area } from './area.ts';
import { bothWaysArea } from './both-ways/both-ways.ts';
import { errorAreas } from './errors.ts';
import { hashAreas } from './hash.ts';
import { modelAreas } from './model.ts';
import { payloadAreas } from './payload/payload.ts';
import { warningAreas } from './warnings.ts';

/** Everything that is compared with docker compose, in the order in which it is listed. */
export const areas: readonly Area[] = [
  ...modelAreas,
  ...errorAreas,
  ...warningAreas,
  ...hashAreas,
  ...payloadAreas,
  bothWaysArea,
];
