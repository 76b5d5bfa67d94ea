import type { Action } from '#contract/index.ts';

/** The docker compose command that does the same as an action; `base` addresses the project, without a verb. */
export function equivalentCommand(base: string, action: Action): string {
  const words = [base, action.verb];
  if (action.verb === 'up') words.push('-d');
  if (action.build === true) words.push('--build');
  if (action.pull !== undefined) words.push('--pull', action.pull);
  if (action.forceRecreate === true) words.push('--force-recreate');
  if (action.noRecreate === true) words.push('--no-recreate');
  if (action.alwaysRecreateDeps === true) words.push('--always-recreate-deps');
  if (action.renewAnonVolumes === true) words.push('--renew-anon-volumes');
  if (action.noDeps === true) words.push('--no-deps');
  for (const [service, count] of Object.entries(action.scale ?? {})) words.push('--scale', `${service}=${count}`);
  if (action.verb === 'up' && action.wait !== false) words.push('--wait');
  if (action.waitTimeout !== undefined) words.push('--wait-timeout', String(action.waitTimeout));
  if (action.removeOrphans === true) words.push('--remove-orphans');
  if (action.timeout !== undefined) words.push('--timeout', String(action.timeout));
  if (action.volumes !== undefined && action.volumes.length > 0) words.push('--volumes');
  if (action.images !== undefined) words.push('--rmi', action.images);
  if (action.noCache === true) words.push('--no-cache');
  return [...words, ...action.services].join(' ');
}
