import type { Verdict } from './area.ts';
import { type Case, environmentOf, withFolder } from './case.ts';
import { differences } from './differences.ts';
import type { Reference } from './reference.ts';

/** A case that consists of one service, and what this engine makes of that. */
export interface Single {
  readonly one: Case;
  readonly body: string;
  readonly ours: unknown;
}

/** What docker compose makes of many services at once, by name; undefined where it refuses them. */
async function configOf(group: readonly Single[], reference: Reference): Promise<Map<string, unknown> | undefined> {
  const services = group.map(({ body }, index) => `  s${index}:\n${body}\n`).join('');
  const files = { 'compose.yml': `name: qs-case\nservices:\n${services}` };
  return withFolder({ files }, async (folder) => {
    const options = { cwd: folder, env: environmentOf(group[0]?.one ?? {}) };
    const { ok, stdout } = await reference.run(['-f', 'compose.yml', 'config', '--format', 'json'], options);
    if (!ok) return undefined;
    const config: unknown = JSON.parse(stdout);
    const found = typeof config === 'object' && config !== null && 'services' in config ? config.services : {};
    return new Map(Object.entries(found ?? {}));
  });
}

/**
 * Compares services that this engine accepts many at a time, because a call of docker compose costs a hundred times what ours does. A
 * group that it refuses is halved until `alone` can say which of them it was.
 */
export async function compareBatch(
  group: readonly Single[],
  reference: Reference,
  alone: (one: Case) => Promise<Verdict>,
): Promise<(readonly [string, Verdict])[]> {
  const [first] = group;
  if (first === undefined) return [];
  if (group.length === 1) return [[first.one.name, await alone(first.one)]];
  const theirs = await configOf(group, reference);
  if (theirs === undefined) {
    const half = Math.ceil(group.length / 2);
    return [
      ...(await compareBatch(group.slice(0, half), reference, alone)),
      ...(await compareBatch(group.slice(half), reference, alone)),
    ];
  }
  return group.map(({ one, ours }, index) => {
    const found = differences(ours, theirs.get(`s${index}`));
    return [one.name, found.length === 0 ? undefined : found.join('; ')];
  });
}
