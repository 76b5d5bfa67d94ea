import { basename } from 'node:path';
import { type Finding, toProblem } from '#contract/index.ts';
import type { ModelWarning } from '#engine/compose/index.ts';
import { allOf, say } from '#kit/say.ts';
import type { Check, PreflightInput } from '../check.ts';
import { isRequiredVariable, unsetVariable } from './variables.ts';

function failure(error: unknown): Finding {
  const { code, message, remedy, details } = toProblem(error);
  return {
    check: 'files',
    severity: 'blocker',
    title: message,
    why: say`What cannot be read cannot be started.`,
    ...(remedy === undefined ? {} : { remedy }),
    details: { code, ...details },
  };
}

function warning({ message, place }: ModelWarning): Finding {
  const where = place === undefined ? '' : `${basename(place.file)}:${place.line}: `;
  return {
    check: 'files',
    severity: 'warning',
    title: `${where}${message}`,
    ...(place === undefined ? {} : { details: { place } }),
  };
}

function inspect({ model, error }: PreflightInput): Finding[] {
  if (model === undefined) {
    // Whose variable is missing is told by the check that knows what to do about it.
    return isRequiredVariable(error) ? [] : [failure(error)];
  }
  const warnings = model.warnings.filter(({ message }) => unsetVariable(message) === undefined).map(warning);
  const files = allOf(model.files.map((file) => basename(file)));
  const count = model.services.size;
  const title = count === 1 ? say`${files}: 1 service` : say`${files}: ${count} services`;
  const empty: Finding = {
    check: 'files',
    severity: 'warning',
    title: say`${files} names no service that is enabled`,
    remedy: say`Choose a profile, or add a service.`,
  };
  return [count === 0 ? empty : { check: 'files', severity: 'ok', title }, ...warnings];
}

/** The compose files can be read and mean something; what Quayside does not understand in them is named. */
export const filesCheck: Check = {
  name: 'files',
  run: (input) => Promise.resolve(inspect(input)),
};
