import { z } from 'zod';
import { problem } from './errors.ts';

/**
 * How the panel stands to the Docker Engine. `connecting` only before the first answer; `lost` means that it answered
 * before and data shown is as of `since`.
 */
export const engineState = z.object({
  state: z.enum(['connecting', 'connected', 'lost', 'failed']),
  /** ISO time at which this state began. */
  since: z.string(),
  /** Human name of the endpoint, such as `unix:///var/run/docker.sock`. */
  endpoint: z.string(),
  /** Where the endpoint came from, such as `DOCKER_HOST` or `context desktop-linux`. */
  source: z.string(),
  version: z.string().optional(),
  apiVersion: z.string().optional(),
  problem: problem.optional(),
});
export type EngineState = z.infer<typeof engineState>;
