import { InvalidArgumentError } from 'commander';

/** Gathers the values of an option that may be given several times. */
export function collect(value: string, previous: string[] = []): string[] {
  return [...previous, value];
}

/** `SERVICE=N`, gathered over repeated use. */
export function replicas(text: string, previous: Record<string, number> = {}): Record<string, number> {
  const [, service = '', count = ''] = /^([^=]+)=(\d+)$/.exec(text) ?? [];
  if (service === '') throw new InvalidArgumentError('has to be SERVICE=N, as in web=3.');
  return { ...previous, [service]: Number(count) };
}

/** A positive number of seconds. */
export function positive(text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value <= 0) throw new InvalidArgumentError('has to be a number of seconds above 0.');
  return value;
}

/** A positive whole number. */
export function count(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value <= 0) throw new InvalidArgumentError('has to be a whole number above 0.');
  return value;
}

/** Zero or more seconds. */
export function seconds(text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value < 0) throw new InvalidArgumentError('has to be a number of seconds.');
  return value;
}

/** Zero or more lines, as many as are told of at most. */
export function lines(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0 || value > 5000)
    throw new InvalidArgumentError('has to be a whole number from 0 to 5000.');
  return value;
}
