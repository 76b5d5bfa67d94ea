import { basename } from 'node:path';
import type { Finding } from '#contract/index.ts';
import type { ModelRisk } from '#engine/compose/index.ts';
import type { Check, PreflightInput } from '../check.ts';

const why: Readonly<Record<ModelRisk['kind'], string>> = {
  path: 'A project whose files you did not write could read or change what lies there.',
  privilege: 'A container with this can do more to the machine than others can.',
  hook: 'These commands run in the container at every start or stop.',
};

/** Red is a warning, amber a note: neither stops a start, both are seen before it. */
function finding({ kind, level, message, place }: ModelRisk): Finding {
  const socket = level === 'red' && /\.sock\b/.test(message);
  return {
    check: 'reach',
    severity: level === 'red' ? 'warning' : 'note',
    title: `${basename(place.file)}:${place.line}: ${message}`,
    why: socket ? 'Whoever may talk to the engine can do everything on this machine.' : why[kind],
    remedy: 'Remove it from the compose file unless you trust the project with it.',
    details: { kind, level, place },
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
