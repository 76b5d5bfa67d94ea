import { say } from '#kit/say.ts';
import type { Draft } from '../bind/bind.ts';
import { records } from '../project/profiles.ts';
import { isPlain } from '../schema/omit.ts';
import type { Path } from '../tree/path.ts';
import type { Report } from './found-risk.ts';
import { power, wordOf } from './powers.ts';

/** What could be tighter: nothing that reaches beyond the container, worth knowing where others can reach it. */
export function hardeningNotes(service: Draft, report: Report): void {
  const note = (at: Path, words: string): void => {
    report(at, { kind: 'hardening', level: 'amber', words });
  };
  const open = records(service['ports']).findIndex(
    ({ published, host_ip: address }) => published !== undefined && isEverywhere(address),
  );
  if (open !== -1) note(['ports', `[${open}]`, 'host_ip'], say`publishes a port on all networks of the machine`);
  const image = service['image'];
  if (typeof image === 'string' && !image.includes('@') && service['build'] === undefined)
    note(['image'], say`takes its image by a name that can move, not by digest`);
  const limits = limitsOf(service);
  if (service['mem_limit'] === undefined && limits['memory'] === undefined)
    note(['mem_limit'], say`has no memory limit`);
  if (service['pids_limit'] === undefined && limits['pids'] === undefined)
    note(['pids_limit'], say`has no limit of processes`);
  if (/^(?:root|0)(?::|$)/.test(wordOf(service['user']))) note(['user'], say`runs as root`);
  addRestart(service, note);
  for (const name of Object.keys(isPlain(service['sysctls']) ? service['sysctls'] : {})) {
    report(['sysctls', name], {
      kind: 'hardening',
      level: 'amber',
      words: say`sets parameters of the kernel`,
      power: power.sysctl(name),
    });
  }
  if (service['container_name'] !== undefined)
    note(['container_name'], say`has a container name of its own, which another project may hold`);
}

const isEverywhere = (address: unknown): boolean => ['', '0.0.0.0', '::', '[::]'].includes(wordOf(address));

function limitsOf(service: Draft): Readonly<Draft> {
  const deploy = isPlain(service['deploy']) ? service['deploy'] : {};
  const resources = isPlain(deploy['resources']) ? deploy['resources'] : {};
  return isPlain(resources['limits']) ? resources['limits'] : {};
}

function addRestart(service: Draft, note: (at: Path, words: string) => void): void {
  if (service['healthcheck'] !== undefined) return;
  const words = say`is restarted for ever, with no health check that tells whether it works`;
  if (service['restart'] === 'always') note(['restart'], words);
  const deploy = isPlain(service['deploy']) ? service['deploy'] : {};
  const policy = isPlain(deploy['restart_policy']) ? deploy['restart_policy'] : {};
  if (policy['condition'] === 'any') note(['deploy', 'restart_policy', 'condition'], words);
}
