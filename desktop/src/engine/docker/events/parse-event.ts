import { z } from 'zod';
import { parseJson } from '../ndjson.ts';
import type { EngineEvent } from '../types.ts';

const eventShape = z.object({
  Type: z.enum(['container', 'network', 'volume', 'image', 'daemon']),
  Action: z.string(),
  Actor: z.object({
    ID: z.string(),
    Attributes: z
      .record(z.string(), z.string())
      .nullish()
      .transform((value) => value ?? {}),
  }),
});

// A number cannot hold nanoseconds since the epoch exactly, so they are taken from the text. Labels cannot fake the key:
// inside a JSON string its quotes are escaped.
const timeNano = /"timeNano":(\d+)/;

/** One line of the event stream; undefined where it is no event that Quayside knows. Throws ENGINE_PROTOCOL on broken JSON. */
export function parseEvent(line: string): EngineEvent | undefined {
  const parsed = eventShape.safeParse(parseJson(line));
  const nanos = timeNano.exec(line)?.[1];
  if (!parsed.success || nanos === undefined) return undefined;
  const { Type, Action, Actor } = parsed.data;
  const colon = Action.indexOf(':');
  return {
    type: Type,
    action: colon === -1 ? Action : Action.slice(0, colon),
    ...(colon === -1 ? {} : { detail: Action.slice(colon + 1).trim() }),
    id: Actor.ID,
    attributes: Actor.Attributes,
    timeNano: nanos,
  };
}

/** The engine's `since` for everything from this event on, itself included: `seconds.nanoseconds`. */
export function sinceEvent({ timeNano: nanos }: EngineEvent): string {
  const digits = nanos.padStart(10, '0');
  return `${digits.slice(0, -9)}.${digits.slice(-9)}`;
}
