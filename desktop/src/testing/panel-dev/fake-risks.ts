import type { Action, PlanRisk, Problem } from '#contract/index.ts';

const of = (user: string, kind: PlanRisk['kind'], words: string, line: number): PlanRisk => ({
  id: `services.${user}.${line}`,
  kind,
  user,
  message: `the service ${user} ${words}`,
  place: { file: 'docker-compose.dev.yml', line },
  decision: 'ask',
});

/** What the files of a stack with a metrics collector might ask of the machine. */
export const risks: PlanRisk[] = [
  of('metrics', 'host-files', 'mounts /var/run/docker.sock, outside the project: it gives power over the machine', 52),
  of('metrics', 'host-power', 'shares the processes of the machine', 55),
  of('backend', 'host-power', 'has the further capability SYS_TIME', 21),
];

/** What there is to agree to before an action, where nobody has. */
export function asked(found: PlanRisk[] | undefined, { allowRisks }: Action): { risks?: PlanRisk[] } {
  return found === undefined || allowRisks !== undefined ? {} : { risks: found };
}

export const notAgreed: Problem = {
  code: 'POLICY_REFUSED',
  message: 'The compose files ask for more of this machine than was agreed to.',
  remedy: 'Read what they ask for, and agree to it or change them.',
};
