/** Dampens the advantage of the very first ranks; less than the usual 60, as rankings here are few and short. */
const dampening = 5;

/** Ids, best first, and how much this ranking counts. */
export interface Ranking {
  readonly ids: readonly string[];
  readonly weight: number;
}

/** Reciprocal rank fusion: one ranking out of several, best first; of equals the lesser id comes first. */
export function fuse(rankings: readonly Ranking[]): { id: string; score: number }[] {
  const scores = new Map<string, number>();
  for (const { ids, weight } of rankings) {
    for (const [rank, id] of ids.entries()) scores.set(id, (scores.get(id) ?? 0) + weight / (dampening + rank + 1));
  }
  return [...scores].map(([id, score]) => ({ id, score })).sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
}
