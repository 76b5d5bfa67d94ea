import { QuaysideError } from '#contract/index.ts';
import { say } from '#kit/say.ts';

/** Says where in a query something is wrong: `details.at` counts characters from 0. */
export function queryError(query: string, at: number, cause: string, remedy: string): QuaysideError {
  const shown = query.slice(at, at + 30);
  const where = shown === '' ? say`At the end of the filter` : say`In the filter, at "${shown}"`;
  return new QuaysideError('USAGE', `${where}: ${cause}`, { remedy, details: { at } });
}
