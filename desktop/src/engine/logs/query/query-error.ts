import { QuaysideError } from '#contract/index.ts';

/** Says where in a query something is wrong: `details.at` counts characters from 0. */
export function queryError(query: string, at: number, cause: string, remedy: string): QuaysideError {
  const shown = query.slice(at, at + 30);
  const where = shown === '' ? 'At the end of the filter' : `In the filter, at "${shown}"`;
  return new QuaysideError('USAGE', `${where}: ${cause}`, { remedy, details: { at } });
}
