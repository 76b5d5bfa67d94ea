import { z } from 'zod';

const refused = z.object({ message: z.string(), remedy: z.string().optional() });

/** Cause and remedy as the host wrote them into its answer. */
export async function saidBy(response: Response): Promise<string> {
  const { message, remedy } = refused.parse(await response.json());
  return [message, remedy].filter(Boolean).join(' ');
}
