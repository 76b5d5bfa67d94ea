import { z } from 'zod';
import { user } from './access.ts';

/** One browser tab that was let in to the panel of the web host. Times are ISO. */
export const sessionView = z.object({
  id: z.string(),
  /** Without a name for whoever opened the printed link. */
  user,
  startedAt: z.string(),
  lastSeenAt: z.string(),
  /** When it ends whatever happens; absent for whoever opened the printed link. */
  endsAt: z.string().optional(),
  /** Network address that it came from. */
  origin: z.string(),
  /** What the browser says that it is. */
  agent: z.string(),
  /** Connections that are open now. */
  connections: z.number().int(),
  /** It is the one that asks. */
  current: z.boolean(),
});
export type SessionView = z.infer<typeof sessionView>;
