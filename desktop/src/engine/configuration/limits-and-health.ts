import { parseDuration, type ServiceModel } from '#engine/compose/index.ts';
import type { ContainerSettings, DeclaredHealth } from '#engine/docker/index.ts';
import { resources } from '#engine/stack/index.ts';
import { say } from '#kit/say.ts';

/** A setting in words, as it runs and as the files say; empty = there is none. */
export interface Compared {
  readonly what: string;
  readonly runs: string;
  readonly files: string;
}

/** What may be used of the machine, and how it is seen that a service is well. */
export function limitsAndHealth(runs: ContainerSettings, service: ServiceModel): Compared[] {
  const { Memory: memory, NanoCpus: nanoCpus } = resources(service);
  return [
    { what: say`memory limit`, runs: sizeWords(runs.memory), files: sizeWords(Number(memory ?? 0)) },
    { what: say`CPU limit`, runs: cpuWords(runs.cpus), files: cpuWords(Number(nanoCpus ?? 0) / 1e9) },
    {
      what: say`health check`,
      runs: healthWords(runs.healthcheck),
      files: healthWords(healthInFiles(service, runs.imageHealthcheck)),
    },
  ];
}

/** What the files do not say of a health check, the image does. */
function healthInFiles(
  { healthcheck: own }: ServiceModel,
  image: DeclaredHealth | undefined,
): DeclaredHealth | undefined {
  if (own === undefined) return image;
  if (own.disable === true) return undefined;
  const time = (text: string | undefined, other = 0): number => (text === undefined ? 0 : parseDuration(text)) || other;
  return {
    test: (own.test?.length ?? 0) > 0 ? (own.test ?? []) : (image?.test ?? []),
    interval: time(own.interval, image?.interval),
    timeout: time(own.timeout, image?.timeout),
    startPeriod: time(own.start_period, image?.startPeriod),
    startInterval: time(own.start_interval, image?.startInterval),
    retries: (own.retries ?? 0) || (image?.retries ?? 0),
  };
}

function healthWords(rules: DeclaredHealth | undefined): string {
  const [kind, ...command] = rules?.test ?? [];
  if (rules === undefined || kind === undefined || kind === 'NONE') return '';
  const times = [
    [rules.interval, (seconds: number) => `every ${seconds} s`],
    [rules.timeout, (seconds: number) => `within ${seconds} s`],
    [rules.startPeriod, (seconds: number) => `begins within ${seconds} s`],
    [rules.startInterval, (seconds: number) => `meanwhile every ${seconds} s`],
  ] as const;
  // What is 0 is left to the engine.
  const said = times.flatMap(([nanoseconds, words]) => (nanoseconds === 0 ? [] : [words(nanoseconds / 1e9)]));
  return [command.join(' '), ...said, ...(rules.retries === 0 ? [] : [`tries: ${rules.retries}`])].join(', ');
}

function sizeWords(bytes: number): string {
  if (bytes === 0) return '';
  const megabytes = bytes / 1024 ** 2;
  return Number.isInteger(megabytes) ? `${megabytes} MB` : `${bytes} bytes`;
}

/** The engine counts in billionths, computed from 32-bit floats. */
const cpuWords = (cpus: number): string => (cpus === 0 ? '' : String(Number(cpus.toFixed(3))));
