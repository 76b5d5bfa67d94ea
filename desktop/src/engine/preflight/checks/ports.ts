import type { Finding } from '#contract/index.ts';
import { type Check, gatewayOf, isLocalEngine, type PreflightInput } from '../check.ts';
import { findHolders, type PortHolder } from './port-holders.ts';
import { findOwner, isTaken } from './port-owner.ts';
import { overlap, type WantedPort, wantedPorts } from './wanted-ports.ts';

/** How far above a taken port a free one is looked for. */
const REACH = 100;

interface Situation {
  readonly wanted: readonly WantedPort[];
  readonly holders: readonly PortHolder[];
  readonly project: string;
  /** The engine's ports are ports of this machine. */
  readonly local: boolean;
}

function holderOf({ holders }: Situation, want: WantedPort, port: number): PortHolder | undefined {
  return holders.find(({ ports }) =>
    ports.some(
      (held) => held.hostPort === port && held.protocol === want.protocol && overlap(held.hostIp, want.hostIp),
    ),
  );
}

async function isFree(situation: Situation, want: WantedPort, port: number): Promise<boolean> {
  const planned = situation.wanted.some(
    ({ first, last, protocol }) => protocol === want.protocol && port >= first && port <= last,
  );
  if (planned || holderOf(situation, want, port) !== undefined) return false;
  return !situation.local || !(await isTaken(want.hostIp, port, want.protocol));
}

async function freePort(situation: Situation, want: WantedPort): Promise<number | undefined> {
  for (let port = want.last + 1; port <= Math.min(want.last + REACH, 65_535); port += 1) {
    if (await isFree(situation, want, port)) return port;
  }
  return undefined;
}

/** Who has this port, in words; undefined where it can be had. Containers of the project itself give way to its new ones. */
async function taker(
  situation: Situation,
  want: WantedPort,
  port: number,
): Promise<{ words: string; details: object } | undefined> {
  const container = holderOf(situation, want, port);
  if (container !== undefined) {
    const { name, project } = container;
    if (project === situation.project) return undefined;
    const of = project === undefined ? '' : ` (project ${project})`;
    return { words: `the container ${name}${of}`, details: { container: name, project } };
  }
  if (!situation.local || !(await isTaken(want.hostIp, port, want.protocol))) return undefined;
  const owner = await findOwner(port, want.protocol);
  return owner === undefined
    ? { words: 'another program', details: {} }
    : { words: `the program ${owner.name} (process ${owner.pid})`, details: { ...owner } };
}

async function examine(situation: Situation, want: WantedPort): Promise<Finding[]> {
  const { service, first, last, protocol } = want;
  const takers: { words: string; details: object }[] = [];
  for (let port = first; port <= last; port += 1) {
    const found = await taker(situation, want, port);
    // One free port of a range is enough.
    if (found === undefined) return [];
    takers.push(found);
  }
  const [by] = takers;
  if (by === undefined) return [];
  const free = await freePort(situation, want);
  const range = first === last ? `Port ${first}` : `Every port from ${first} to ${last}`;
  const other = free === undefined ? 'another port' : `another port; ${free} is free`;
  return [
    {
      check: 'ports',
      severity: 'blocker',
      title: `${range}${protocol === 'tcp' ? '' : ` (${protocol})`}, which ${service} publishes, is taken by ${by.words}`,
      why: `${service} could not be started.`,
      remedy: `Stop ${by.words}, or publish ${service} on ${other}.`,
      details: { service, port: first, protocol, ...by.details, ...(free === undefined ? {} : { free }) },
    },
  ];
}

function collisions(wanted: readonly WantedPort[]): Finding[] {
  return wanted.flatMap((want, index) => {
    const rival = wanted.slice(0, index).find((other) => {
      const same = other.first === want.first && want.first === want.last && other.last === other.first;
      return same && other.protocol === want.protocol && overlap(other.hostIp, want.hostIp);
    });
    if (rival === undefined) return [];
    const finding: Finding = {
      check: 'ports',
      severity: 'blocker',
      title: `${rival.service} and ${want.service} both publish port ${want.first}`,
      remedy: 'Give one of them another port.',
      details: { services: [rival.service, want.service], port: want.first },
    };
    return [finding];
  });
}

async function inspect(input: PreflightInput): Promise<Finding[]> {
  const wanted = input.model === undefined ? [] : wantedPorts(input.model);
  if (wanted.length === 0) return [];
  const gateway = await gatewayOf(input);
  const holders = gateway === undefined ? [] : await findHolders(gateway);
  const local = gateway === undefined || isLocalEngine(gateway.endpoint.url);
  const situation = { wanted, holders, project: input.project, local };
  const findings = (await Promise.all(wanted.map((want) => examine(situation, want)))).flat();
  const all = [...collisions(wanted), ...findings];
  const numbers = wanted.map(({ first, last }) => (first === last ? `${first}` : `${first}-${last}`)).join(', ');
  return all.length > 0 ? all : [{ check: 'ports', severity: 'ok', title: `The ports are free: ${numbers}` }];
}

/** The ports that services publish can be had; who has them otherwise is named, and a free one offered. */
export const portsCheck: Check = { name: 'ports', run: inspect };
