import type { Finding, Repair, VariablesView } from '#contract/index.ts';
import { say } from '#kit/say.ts';
import { answeringEngine, type Check, gatewayOf, isLocalEngine, type PreflightInput } from '../check.ts';
import { portChange } from './port-change.ts';
import { findHolders, type PortHolder } from './port-holders.ts';
import { findOwner } from './port-owner.ts';
import { isTaken } from './port-taken.ts';
import { overlap, type WantedPort, wantedPorts } from './wanted-ports.ts';

/** How far above a taken port a free one is looked for. */
const REACH = 100;

interface Situation {
  readonly wanted: readonly WantedPort[];
  readonly holders: readonly PortHolder[];
  readonly input: PreflightInput;
  readonly view: VariablesView | undefined;
  /** The engine's ports are ports of this machine. */
  readonly local: boolean;
  /** Free ports that were offered already. */
  readonly offered: Set<number>;
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
  if (planned || situation.offered.has(port) || holderOf(situation, want, port) !== undefined) return false;
  return !situation.local || !(await isTaken(want.hostIp, port, want.protocol));
}

async function freePort(situation: Situation, want: WantedPort): Promise<number | undefined> {
  for (let port = want.last + 1; port <= Math.min(want.last + REACH, 65_535); port += 1) {
    if (await isFree(situation, want, port)) {
      situation.offered.add(port);
      return port;
    }
  }
  return undefined;
}

interface Taker {
  readonly words: string;
  readonly details: object;
  readonly repairs: readonly Repair[];
}

/** Who has this port, in words; undefined where it can be had. Containers of the project itself give way to its new ones. */
async function taker(situation: Situation, want: WantedPort, port: number): Promise<Taker | undefined> {
  const container = holderOf(situation, want, port);
  if (container !== undefined) {
    const { name, project } = container;
    if (project === situation.input.project) return undefined;
    const words = project === undefined ? say`the container ${name}` : say`the container ${name} (project ${project})`;
    const stop: Repair = { kind: 'command', label: say`Stop the other container`, command: `docker stop ${name}` };
    return { words, details: { container: name, project }, repairs: [stop] };
  }
  if (!situation.local || !(await isTaken(want.hostIp, port, want.protocol))) return undefined;
  const owner = await findOwner(port, want.protocol);
  return owner === undefined
    ? { words: say`another program`, details: {}, repairs: [] }
    : { words: say`the program ${owner.name} (process ${owner.pid})`, details: { ...owner }, repairs: [] };
}

async function changeOf(situation: Situation, want: WantedPort, free: number | undefined) {
  const { input, view } = situation;
  const { service, index } = want;
  const line =
    (await input.originOf(['services', service, 'ports', `[${index}]`, 'published'])) ??
    (await input.originOf(['services', service, 'ports', `[${index}]`])) ??
    (await input.originOf(['services', service, 'ports']));
  return portChange(want, free, view, line);
}

async function examine(situation: Situation, want: WantedPort): Promise<Finding[]> {
  const { service, first, last, protocol } = want;
  const takers: Taker[] = [];
  for (let port = first; port <= last; port += 1) {
    const found = await taker(situation, want, port);
    // One free port of a range is enough.
    if (found === undefined) return [];
    takers.push(found);
  }
  const [by] = takers;
  if (by === undefined) return [];
  const free = await freePort(situation, want);
  const change = await changeOf(situation, want, free);
  const repairs = [...change.repairs, ...by.repairs];
  const ports = `${first === last ? first : `${first}-${last}`}${protocol === 'tcp' ? '' : ` (${protocol})`}`;
  return [
    {
      check: 'ports',
      severity: 'blocker',
      title:
        first === last
          ? say`Port ${ports}, which ${service} publishes, is taken by ${by.words}`
          : say`Every port of ${ports}, which ${service} publishes, is taken by ${by.words}`,
      why: say`${service} could not be started.`,
      remedy: say`Stop ${by.words}, or ${change.words}.`,
      ...(repairs.length === 0 ? {} : { repairs }),
      details: { service, port: first, protocol, ...by.details, ...(free === undefined ? {} : { free }) },
    },
  ];
}

async function collisions(situation: Situation): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const [index, want] of situation.wanted.entries()) {
    const rival = situation.wanted.slice(0, index).find((other) => isSame(other, want));
    if (rival === undefined) continue;
    const change = await changeOf(situation, want, await freePort(situation, want));
    findings.push({
      check: 'ports',
      severity: 'blocker',
      title: say`${rival.service} and ${want.service} both publish port ${want.first}`,
      why: say`Only one of them could be started.`,
      remedy: say`Give one of them another port: ${change.words}.`,
      ...(change.repairs.length === 0 ? {} : { repairs: [...change.repairs] }),
      details: { services: [rival.service, want.service], port: want.first },
    });
  }
  return findings;
}

function isSame(one: WantedPort, other: WantedPort): boolean {
  const single = one.first === one.last && other.first === other.last;
  const same = single && one.first === other.first && one.protocol === other.protocol;
  return same && overlap(one.hostIp, other.hostIp);
}

async function inspect(input: PreflightInput): Promise<Finding[]> {
  const wanted = input.model === undefined ? [] : wantedPorts(input.model);
  if (wanted.length === 0) return [];
  const gateway = await answeringEngine(input);
  const holders = gateway === undefined ? [] : await findHolders(gateway);
  const url = (await gatewayOf(input))?.endpoint.url;
  const local = url === undefined || isLocalEngine(url);
  const view = await input.variables();
  const situation: Situation = { wanted, holders, input, view, local, offered: new Set() };
  const all = await collisions(situation);
  // One after the other: a port that was offered once is not offered again.
  for (const want of wanted) all.push(...(await examine(situation, want)));
  const numbers = wanted.map(({ first, last }) => (first === last ? `${first}` : `${first}-${last}`)).join(', ');
  return all.length > 0 ? all : [{ check: 'ports', severity: 'ok', title: say`The ports are free: ${numbers}` }];
}

/** The ports that services publish can be had; who has them otherwise is named, and a free one offered. */
export const portsCheck: Check = { name: 'ports', run: inspect };
