import { z } from 'zod';

const figures = {
  name: z.string(),
  /** Processor cores that were busy since the reading before; absent where there was none. */
  cores: z.number().optional(),
  /** Bytes, as `docker stats` counts them: without files that are only cached. */
  memory: z.number(),
  /** Bytes that may be used; absent where only the machine sets a limit. */
  memoryLimit: z.number().optional(),
};

export const containerUsage = z.object(figures);
export type ContainerUsage = z.infer<typeof containerUsage>;

/** What the running containers of a service use together; its limit is that of all, absent where one has none. */
export const serviceUsage = z.object({
  ...figures,
  /** Share of its memory limit that the fullest container uses, from 0 to 1; absent where none has a limit. */
  fullest: z.number().optional(),
  containers: z.array(containerUsage),
});
export type ServiceUsage = z.infer<typeof serviceUsage>;

/** What the services of an environment use; one of which nothing runs is not among them. */
export const stackUsage = z.object({
  environment: z.string(),
  /** ISO time. */
  at: z.string(),
  /** How long it takes until the next one. */
  everySeconds: z.number(),
  services: z.array(serviceUsage),
});
export type StackUsage = z.infer<typeof stackUsage>;

/** `live`: every five seconds, for somebody who looks; `slow`: every thirty, where nobody has moved for a while. */
export const usagePace = z.enum(['live', 'slow']);
export type UsagePace = z.infer<typeof usagePace>;
