import { createInterface } from 'node:readline/promises';
import { action, QuaysideError } from '#contract/index.ts';
import type { Session } from './session.ts';

/**
 * Asks for the project name before data is deleted and gives the names of the volumes. Without a terminal nobody can be asked:
 * then each volume has to be named with --volume. Throws USAGE.
 */
export async function confirmVolumes({ client, signal }: Session, environment: string): Promise<string[]> {
  const { keeps, project } = await client.stack.plan({ environment, action: action.parse({ verb: 'down' }) });
  if (keeps.length === 0) return [];
  const names = keeps.join(', ');
  if (!process.stdin.isTTY || !process.stderr.isTTY) {
    throw new QuaysideError(
      'USAGE',
      `Deleting the data of ${names} has to be confirmed, and there is no terminal to ask at.`,
      {
        remedy: `Name each volume: ${keeps.map((name) => `--volume ${name}`).join(' ')}`,
        details: { volumes: keeps },
      },
    );
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await terminal.question(`This deletes the data of ${names}. Type ${project} to go on: `, { signal });
    if (answer.trim() === project) return keeps;
    throw new QuaysideError('USAGE', 'The name did not match. Nothing was removed.');
  } finally {
    terminal.close();
  }
}
