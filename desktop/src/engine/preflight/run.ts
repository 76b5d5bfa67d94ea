import { type Finding, type PreflightReport, toProblem } from '#contract/index.ts';
import { say } from '#kit/say.ts';
import type { Check, PreflightInput } from './check.ts';
import { bindPathsCheck } from './checks/bind-paths.ts';
import { clockCheck } from './checks/clock.ts';
import { diskCheck } from './checks/disk.ts';
import { engineCheck } from './checks/engine.ts';
import { envFileCheck } from './checks/env-file.ts';
import { filesCheck } from './checks/files.ts';
import { imagesCheck } from './checks/images.ts';
import { limitsCheck } from './checks/limits.ts';
import { namesCheck } from './checks/names.ts';
import { platformCheck } from './checks/platform.ts';
import { portsCheck } from './checks/ports.ts';
import { reachCheck } from './checks/reach.ts';
import { variablesCheck } from './checks/variables.ts';

/** In the order of the report. */
const checks: readonly Check[] = [
  engineCheck,
  filesCheck,
  envFileCheck,
  variablesCheck,
  portsCheck,
  namesCheck,
  imagesCheck,
  platformCheck,
  bindPathsCheck,
  reachCheck,
  limitsCheck,
  diskCheck,
  clockCheck,
];

const DEADLINE_MS = 10_000;

/** A check that fails or hangs says so and stops nobody: only what it found may be a blocker. */
export async function runCheck(check: Check, input: PreflightInput, deadlineMs: number): Promise<Finding[]> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Finding[]>((resolve) => {
    timer = setTimeout(() => {
      resolve([unmade(check, say`it took longer than ${deadlineMs / 1000} s`)]);
    }, deadlineMs);
  });
  try {
    return await Promise.race([check.run(input), late]);
  } catch (error) {
    return [unmade(check, toProblem(error).message)];
  } finally {
    clearTimeout(timer);
  }
}

function unmade({ name }: Check, why: string): Finding {
  return { check: name, severity: 'warning', title: say`The check "${name}" could not be made: ${why}` };
}

/** Looks at everything that could go wrong with a start, at the same time. `ok` is false only where there is a blocker. */
export async function runPreflight(input: PreflightInput): Promise<PreflightReport> {
  const findings = (await Promise.all(checks.map((check) => runCheck(check, input, DEADLINE_MS)))).flat();
  return { environment: input.environment, ok: findings.every(({ severity }) => severity !== 'blocker'), findings };
}
