import type { Area, Item, KnownDifference } from './area.ts';
import type { Reference } from './reference.ts';
import { within } from './versions.ts';

/** An item on which the tools do not agree. `known` where that is on purpose. */
export interface Disagreement {
  readonly name: string;
  readonly difference: string;
  readonly known?: KnownDifference;
}

/** How an area came out with one version of docker compose. */
export interface Judgement {
  readonly area: string;
  readonly total: number;
  readonly agreed: number;
  readonly disagreements: readonly Disagreement[];
}

/** Checks an area. A known difference that is none any more counts as unknown disagreement, so that the list stays true. */
export async function judge(area: Area, reference: Reference): Promise<Judgement> {
  const verdicts = await area.check(area.items, reference);
  const disagreements = area.items.flatMap((item) => disagreementOf(item, verdicts, reference));
  return {
    area: area.name,
    total: area.items.length,
    agreed: area.items.length - disagreements.length,
    disagreements,
  };
}

function disagreementOf(
  item: Item,
  verdicts: ReadonlyMap<string, string | undefined>,
  { version }: Reference,
): Disagreement[] {
  const { name } = item;
  if (!verdicts.has(name)) return [{ name, difference: 'was not compared' }];
  const difference = verdicts.get(name);
  const known = item.differs !== undefined && within(version, item.differs) ? item.differs : undefined;
  if (difference !== undefined) return [{ name, difference, ...(known === undefined ? {} : { known }) }];
  return known === undefined ? [] : [{ name, difference: `agrees now, though it is said to differ: ${known.because}` }];
}

export const unexpected = ({ disagreements }: Judgement): readonly Disagreement[] =>
  disagreements.filter(({ known }) => known === undefined);
