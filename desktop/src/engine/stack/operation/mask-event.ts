import type { BuildStep, OperationEvent } from '#contract/index.ts';

type Masker = (text: string) => string;

/** The event without the secrets that builders, programs and errors may print; names, ids and plans stay as they are. */
export function maskEvent(event: OperationEvent, mask: Masker): OperationEvent {
  switch (event.type) {
    case 'build':
      return {
        ...event,
        steps: event.steps.map((step) => maskedStep(step, mask)),
      };
    case 'build-log':
    case 'note':
      return { ...event, text: mask(event.text) };
    case 'waiting':
      return { ...event, reason: mask(event.reason) };
    case 'step':
      return event.problem === undefined ? event : { ...event, problem: masked(event.problem, mask) };
    case 'end':
      return {
        ...event,
        summary: mask(event.summary),
        ...(event.problem === undefined ? {} : { problem: masked(event.problem, mask) }),
      };
    default:
      return event;
  }
}

function maskedStep({ name, error, ...step }: BuildStep, mask: Masker): BuildStep {
  return { ...step, name: mask(name), ...(error === undefined ? {} : { error: mask(error) }) };
}

/** The same value with every text in it masked. */
function masked<T>(value: T, mask: Masker): T {
  if (typeof value === 'string') return mask(value) as T;
  if (Array.isArray(value)) return value.map((part: unknown) => masked(part, mask)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, masked<unknown>(part, mask)])) as T;
}
