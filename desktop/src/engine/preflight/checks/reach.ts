import { basename } from 'node:path';
import type { Finding } from '#contract/index.ts';
import type { ModelRisk } from '#engine/compose/index.ts';
import type { Check, PreflightInput } from '../check.ts';

const why: Readonly<Record<ModelRisk['kind'], string>> = {
  path: 'A project whose files you did not write could read or change what lies there.',
  privilege: 'A container with this can do more to the machine than others can.',
  hook: 'These commands run in the container at every start or stop.',
};

function finding({ kind, message, place }: ModelRisk): Finding {
  return {
    check: 'reach',
    severity: kind === 'hook' ? 'note' : 'warning',
    title: `${basename(place.file)}:${place.line}: ${message}`,
    why: why[kind],
    remedy: 'Remove it from the compose file unless you trust the project with it.',
    details: { kind, place },
  };
}

function inspect({ model }: PreflightInput): Finding[] {
  if (model === undefined) return [];
  if (model.risks.length > 0) return model.risks.map(finding);
  return [{ check: 'reach', severity: 'ok', title: 'The project keeps to its folder and asks for no privileges' }];
}

/** What the project asks of this machine beyond its own folder and an ordinary container. */
export const reachCheck: Check = {
  name: 'reach',
  run: (input) => Promise.resolve(inspect(input)),
};
