import { basename } from 'node:path';
import type { Finding } from '#contract/index.ts';
import type { ModelRisk, RiskKind } from '#engine/compose/index.ts';
import { say } from '#kit/say.ts';
import type { Check, PreflightInput } from '../check.ts';

const why: Readonly<Record<Exclude<RiskKind, 'hardening'>, string>> = {
  'host-files': say`A project whose files you did not write could read or change what lies there.`,
  'host-power': say`A container with this can do more to the machine than others can.`,
  'host-code': say`The project brings programs that run besides those of its images.`,
};

/** Red is a warning, amber a note: neither stops a start here, both are seen before it. */
function finding({ id, kind, level, message, place }: ModelRisk): Finding {
  const socket = level === 'red' && /\.sock\b/.test(message);
  return {
    check: 'reach',
    severity: level === 'red' ? 'warning' : 'note',
    title: `${basename(place.file)}:${place.line}: ${message}`,
    why: socket
      ? say`Whoever may talk to the engine can do everything on this machine.`
      : kind === 'hardening'
        ? tighter
        : why[kind],
    remedy: say`Remove it from the compose file unless you trust the project with it.`,
    details: { id, kind, level, place },
  };
}

const tighter = say`Nothing reaches beyond the containers by it; it matters where others can reach them.`;

/** One note for everything of a kind, so that what is only worth knowing does not hide what matters. */
function gathered(risks: readonly ModelRisk[]): Finding[] {
  const alike = Map.groupBy(risks, ({ user, message }) => message.slice(`the service ${user} `.length));
  return [...alike].map(([words, all]) => {
    const [first] = all;
    if (all.length === 1 && first) return finding(first);
    const places = all.map(({ user, place }) => `${user} (${basename(place.file)}:${place.line})`);
    return {
      check: 'reach',
      severity: 'note',
      title: say`${all.length} services each: ${words}`,
      why: `${tighter} ${places.join(', ')}.`,
      details: { kind: 'hardening', level: 'amber', ids: all.map(({ id }) => id) },
    };
  });
}

function inspect({ model }: PreflightInput): Finding[] {
  if (model === undefined) return [];
  const { hardening = [], reach = [] } = Object.groupBy(model.risks, ({ kind }) =>
    kind === 'hardening' ? 'hardening' : 'reach',
  );
  const kept: Finding = {
    check: 'reach',
    severity: 'ok',
    title: say`The project keeps to its folder and asks for no privileges`,
  };
  return [...(reach.length === 0 ? [kept] : reach.map(finding)), ...gathered(hardening)];
}

/** What the project asks of this machine beyond its own folder and an ordinary container. */
export const reachCheck: Check = {
  name: 'reach',
  run: (input) => Promise.resolve(inspect(input)),
};
