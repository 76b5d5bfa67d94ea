import { z } from 'zod';
import { endOutcome, imageTrust, planStep, problem, provenance, releaseImage, verification } from '#contract/index.ts';

/** Everything that is known of a release before anything is touched. Version 1 of the schema. */
const releaseRecord = z.object({
  schema: z.literal(1),
  id: z.string(),
  project: z.string(),
  environment: z.string(),
  version: z.string(),
  cause: z.enum(['deploy', 'rollback', 'first']),
  /** rollback: the release that is gone back to. */
  target: z.string().optional(),
  /** The release that ran before. */
  previous: z.string().optional(),
  startedAt: z.string(),
  actor: z.string(),
  host: z.string(),
  images: z.array(releaseImage),
  provenance,
  /** Config hash by service, as docker compose writes it, and the version of docker compose that it is for. */
  hashes: z.record(z.string(), z.string()),
  composeVersion: z.string(),
  /** The whole model with its environment, sealed. */
  model: z.string(),
  plan: z.array(planStep),
  /** What was known of how the images were built, by service. Absent in records of before that was looked at. */
  trust: z.record(z.string(), imageTrust).optional(),
  /** Ids of the containers that ran before: what a return starts again. */
  ran: z.array(z.string()),
  /** What the names that are pointed at the new images stood for; null = nothing. */
  pointed: z.record(z.string(), z.string().nullable()),
});
export type ReleaseRecord = z.infer<typeof releaseRecord>;

/** The story of a release: `begin` before anything is touched, `commit` when it is proved, `end` when nothing is left to do. */
export const entry = z.discriminatedUnion('type', [
  z.object({ type: z.literal('begin'), record: releaseRecord }),
  z.object({ type: z.literal('commit'), id: z.string(), at: z.string(), verification }),
  z.object({
    type: z.literal('end'),
    id: z.string(),
    at: z.string(),
    outcome: endOutcome,
    summary: z.string(),
    problem: problem.optional(),
  }),
  /** Its images are no longer kept. */
  z.object({ type: z.literal('drop'), id: z.string(), at: z.string() }),
]);
export type Entry = z.infer<typeof entry>;

/** A release with how far it came. */
export interface Story {
  readonly record: ReleaseRecord;
  readonly commit?: Extract<Entry, { type: 'commit' }>;
  readonly end?: Extract<Entry, { type: 'end' }>;
  readonly dropped: boolean;
}

/** Puts entries together, oldest release first. Entries of a release whose beginning was lost are left out. */
export function storiesOf(entries: readonly Entry[]): Story[] {
  const stories = new Map<string, Story>();
  for (const one of entries) {
    if (one.type === 'begin') {
      stories.set(one.record.id, { record: one.record, dropped: false });
      continue;
    }
    const story = stories.get(one.id);
    if (!story) continue;
    if (one.type === 'commit') stories.set(one.id, { ...story, commit: one });
    else if (one.type === 'end') stories.set(one.id, { ...story, end: one });
    else stories.set(one.id, { ...story, dropped: true });
  }
  return [...stories.values()];
}
