import { QuaysideError } from '#contract/index.ts';
import { type ModelRisk, ProjectHome, power } from '#engine/compose/index.ts';
import type { Guard } from '#engine/docker/index.ts';
import { say } from '#kit/say.ts';
import { label } from '../labels.ts';
import { record } from '../translate/values.ts';
import { containerPowers, volumePowers } from './payload-powers.ts';

/** What a project was seen to ask for, and what of it may be done. */
export interface Permits {
  readonly project: string;
  readonly directory: string;
  readonly risks: readonly ModelRisk[];
  /** Ids of the red risks that may be; `all` where what is carried out was agreed to as a whole before. */
  readonly confirmed: ReadonlySet<string> | 'all';
}

/**
 * Holds what is about to be created against what the files were seen to ask: the body of the call itself is read, so that
 * whichever way led to it, nothing passes that no plan named.
 */
export function projectGuard({ project, directory, risks, confirmed }: Permits): Guard {
  const named = new Map(risks.flatMap((risk) => (risk.power === undefined ? [] : [[risk.power, risk] as const])));
  const check = (owner: string, powers: readonly string[], what: string): void => {
    for (const one of powers) {
      const risk = named.get(`${owner}/${one}`) ?? named.get(`*/${one}`);
      if (risk === undefined) throw unnamed(what, one);
      if (risk.level === 'red' && confirmed !== 'all' && !confirmed.has(risk.id)) throw unconfirmed([risk]);
    }
  };
  const labelOf = (labels: unknown, key: string): string => {
    const value = record(labels)[key];
    return typeof value === 'string' ? value : '';
  };
  return {
    owner: { label: label.project, value: project },
    checkContainer(config) {
      const service = labelOf(config['Labels'], label.service);
      check(`services.${service}`, containerPowers(config, new ProjectHome(directory)), say`a container of ${service}`);
    },
    checkVolume(body) {
      const key = labelOf(body['Labels'], label.volume);
      check(`volumes.${key}`, volumePowers(body, new ProjectHome(directory)), say`the volume ${key}`);
    },
    checkExec(labels, { privileged }) {
      const service = labelOf(labels, label.service);
      if (privileged === true) check(`services.${service}`, [power.hookPrivileged], say`a command in ${service}`);
    },
  };
}

function unnamed(what: string, asked: string): QuaysideError {
  return new QuaysideError(
    'POLICY_REFUSED',
    say`Making ${what} would give it what its files were not seen to ask for: ${asked}. Nothing was made.`,
    {
      remedy: say`A file or a link was changed after it was read: look at the plan again, then try anew.`,
      details: { power: asked },
    },
  );
}

/** What a team forbids is not made good by agreeing to it. */
export function notAllowed(risks: readonly Pick<ModelRisk, 'id' | 'message'>[]): QuaysideError {
  return new QuaysideError(
    'POLICY_REFUSED',
    say`Not done: ${risks.map(({ message }) => message).join('; ')}. The policy in the project's quayside file lets nobody agree to that.`,
    {
      remedy: say`Take it out of the compose files, or have those who look after the policy change it.`,
      details: { risks: risks.map(({ id }) => id) },
    },
  );
}

/** What has to be agreed to before anything is done. */
export function unconfirmed(risks: readonly Pick<ModelRisk, 'id' | 'message'>[]): QuaysideError {
  const ids = risks.map(({ id }) => id);
  return new QuaysideError(
    'POLICY_REFUSED',
    say`Not done: ${risks.map(({ message }) => message).join('; ')}. That has to be agreed to first.`,
    {
      remedy: say`Agree in the panel, or name each with --allow-risk: ${ids.map((id) => `--allow-risk '${id}'`).join(' ')}`,
      details: { risks: ids },
    },
  );
}
