import type { Finding } from '#contract/index.ts';
import type { Model, ServiceModel } from '#engine/compose/index.ts';
import type { EngineMachine } from '#engine/docker/index.ts';
import { say } from '#kit/say.ts';
import type { Check, PreflightInput } from '../check.ts';
import { engineMachine } from '../engine-machine.ts';

const MIB = 1024 ** 2;

interface Limited {
  readonly service: string;
  readonly containers: number;
  readonly memory?: number;
  readonly cpus?: number;
}

const record = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};

function positive(...values: unknown[]): number | undefined {
  return values.map(Number).find((value) => value > 0);
}

/** `deploy.resources` wins over the short keys, as for docker compose. */
function limitsOf(service: ServiceModel): Limited {
  const deploy = record(service.deploy);
  const limits = record(record(deploy['resources'])['limits']);
  const memory = positive(limits['memory'], service['mem_limit']);
  const cpus = positive(limits['cpus'], service['cpus']);
  const replicas = typeof deploy['replicas'] === 'number' ? deploy['replicas'] : 1;
  return {
    service: service.name,
    containers: service.scale ?? replicas,
    ...(memory === undefined ? {} : { memory }),
    ...(cpus === undefined ? {} : { cpus }),
  };
}

const size = (bytes: number): string =>
  bytes >= 1024 * MIB ? `${(bytes / (1024 * MIB)).toFixed(1)} GB` : `${Math.round(bytes / MIB)} MB`;

/** Compares what services may use with what the engine's machine has. */
function limitFindings(model: Model, { memory, cpus }: EngineMachine): Finding[] {
  const limited = [...model.services.values()].map(limitsOf).filter(({ containers }) => containers > 0);
  const processors = cpus === undefined ? [] : limited.filter((one) => (one.cpus ?? 0) > cpus);
  const findings = [
    ...processors.map((one) => tooManyProcessors(one, cpus ?? 0)),
    ...(memory === undefined ? [] : tooMuchMemory(limited, memory)),
  ];
  if (findings.length > 0) return findings;
  if (!limited.some((one) => one.memory !== undefined || one.cpus !== undefined)) return [];
  return [{ check: 'limits', severity: 'ok', title: say`The limits of the services fit the machine` }];
}

function tooManyProcessors({ service, cpus = 0 }: Limited, there: number): Finding {
  return {
    check: 'limits',
    severity: 'blocker',
    title: say`${service} is given ${cpus} processors; the engine has ${there}`,
    why: say`The engine refuses to make a container with more processors than there are.`,
    remedy: say`Lower cpus of ${service} to ${there} or less, or give Docker more of this computer (Docker Desktop: Settings, Resources).`,
    details: { service, cpus, there },
  };
}

function tooMuchMemory(limited: readonly Limited[], there: number): Finding[] {
  const large = limited.filter((one) => (one.memory ?? 0) > there);
  if (large.length > 0) {
    return large.map(({ service, memory = 0 }) => ({
      check: 'limits',
      severity: 'warning',
      title: say`${service} may use ${size(memory)} of memory; the engine has ${size(there)}`,
      why: say`The limit protects nothing: the machine runs out of memory first, and whatever program is largest is ended.`,
      remedy: say`Lower the memory limit of ${service}, or give Docker more of this computer (Docker Desktop: Settings, Resources).`,
      details: { service, memory, there },
    }));
  }
  const sum = limited.reduce((all, { memory = 0, containers }) => all + memory * containers, 0);
  if (sum <= there) return [];
  return [
    {
      check: 'limits',
      severity: 'warning',
      title: say`The services together may use ${size(sum)} of memory; the engine has ${size(there)}`,
      why: say`When all are busy at once, the machine runs out of memory, and some are ended.`,
      remedy: say`Lower the memory limits, or give Docker more of this computer (Docker Desktop: Settings, Resources).`,
      details: { sum, there },
    },
  ];
}

async function inspect(input: PreflightInput): Promise<Finding[]> {
  const { model } = input;
  const machine = model === undefined ? undefined : await engineMachine(input);
  return model === undefined || machine === undefined ? [] : limitFindings(model, machine);
}

/** Memory and processors that services may use are there. */
export const limitsCheck: Check = { name: 'limits', run: inspect };
