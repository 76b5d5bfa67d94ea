import { z } from 'zod';
import { sourcePlace } from './errors.ts';
import { imageTrust } from './image-trust.ts';

/** A line of a file around the place of an error. */
export const excerptLine = z.object({ line: z.number().int(), text: z.string(), failing: z.boolean() });
export type ExcerptLine = z.infer<typeof excerptLine>;

const textLines = z.union([z.array(z.string()), z.string().transform((text) => text.split('\n'))]);

/** Details of BUILD_FAILED: the Dockerfile around the failing line and what the step printed last. */
export const buildFailureDetails = z.object({
  dockerfile: z.string().optional(),
  excerpt: z.array(excerptLine),
  output: textLines.optional().catch(undefined),
});

/** Details of SERVICE_UNHEALTHY and SERVICE_EXITED: the output of the last probe and the last log lines. */
export const lastLinesDetails = z.object({
  logs: textLines.optional().catch(undefined),
  probe: z.string().optional().catch(undefined),
});

/** Details of errors that lie in a file. */
export const placeDetails = z.object({ place: sourcePlace });

/** Details of RELEASE_LOCKED: who holds the lock, from where, since when (ISO), for what, and whether it may be taken. */
export const lockDetails = z.object({
  actor: z.string(),
  host: z.string(),
  since: z.string(),
  why: z.string(),
  stale: z.boolean(),
});
export type LockDetails = z.infer<typeof lockDetails>;

const untrustedImage = imageTrust.extend({ service: z.string(), image: z.string() });
/** An image that the policy refuses, and why. */
export type UntrustedImage = z.infer<typeof untrustedImage>;

/** Details of IMAGE_UNTRUSTED: the first image that the policy refuses, and the others that it refuses with it. */
export const untrustedDetails = untrustedImage.extend({ also: z.array(untrustedImage).optional() });
export type UntrustedDetails = z.infer<typeof untrustedDetails>;
