import { z } from 'zod';
import { QuaysideError, type ReadinessAnswer, type ReadinessCheck } from '#contract/index.ts';
import { type ContainerDetail, type DockerGateway, refuseForeign } from '#engine/docker/index.ts';
import type { Masker } from '#kit/mask-secrets.ts';
import { say } from '#kit/say.ts';
import { PROJECT_LABEL } from './watch/stack-watch.ts';

/** On a service or in its image: the command that asks the application whether it is ready. */
const readyLabel = 'dev.quayside.readiness';

const askMs = 5_000;
const reasonLength = 200;

const listForm = z.array(z.string()).min(2);

/** What an application says of the things it needs, as far as it says it in this form. */
const report = z.object({
  checks: z.record(
    z.string(),
    z.object({ status: z.string(), latency_ms: z.number().nullish(), error: z.string().nullish() }),
  ),
});

/**
 * The command of the label, which is written as `healthcheck.test` is: a text for the shell, or a list as JSON that begins
 * with CMD or CMD-SHELL. Undefined where there is none; NONE switches off what the image says. Throws COMPOSE_INVALID.
 */
export function readyCommand(service: string, labels: Readonly<Record<string, string>>): readonly string[] | undefined {
  const text = labels[readyLabel]?.trim() ?? '';
  if (text === '' || text === 'NONE' || /^\["NONE"\]$/.test(text)) return undefined;
  if (!text.startsWith('[')) return ['/bin/sh', '-c', text];
  const [form, ...words] = parsed(text);
  if (form === 'CMD') return words;
  if (form === 'CMD-SHELL' && words.length === 1) return ['/bin/sh', '-c', ...words];
  throw new QuaysideError('COMPOSE_INVALID', say`The label ${readyLabel} of ${service} is no command: ${text}`, {
    remedy: say`Write it as healthcheck.test, such as ["CMD", "wget", "-q", "-O", "-", "http://127.0.0.1:8000/ready"].`,
    details: { service },
  });
}

function parsed(text: string): string[] {
  try {
    return listForm.parse(JSON.parse(text));
  } catch {
    return [];
  }
}

export interface ReadinessRequest {
  readonly gateway: DockerGateway;
  /** Whose container it has to be. */
  readonly project: string;
  readonly command: readonly string[];
  readonly signal: AbortSignal;
  /** Hides the secrets that it prints. */
  readonly mask: Masker;
}

/** Asks an application once, in its own container. Undefined where that does not run; throws POLICY_REFUSED where it is not the project's. */
export async function askReadiness(
  { id, name, tty, labels }: ContainerDetail,
  { gateway, project, command, signal, mask }: ReadinessRequest,
): Promise<ReadinessAnswer | undefined> {
  refuseForeign({ label: PROJECT_LABEL, value: project }, 'container', name, labels);
  const late = AbortSignal.timeout(askMs);
  const at = new Date().toISOString();
  const begun = performance.now();
  const answer = (reason: string | undefined, checks: ReadinessCheck[]): ReadinessAnswer => ({
    at,
    container: name,
    ready: reason === undefined,
    seconds: (performance.now() - begun) / 1000,
    ...(reason === undefined ? {} : { reason }),
    checks,
  });
  try {
    const request = { command, tty, signal: AbortSignal.any([signal, late]) };
    const { exitCode, output: said } = await gateway.containers.exec(id, request);
    // Before any of it is cut: a part of a secret is not known as one.
    const output = mask(said);
    return answer(exitCode === 0 ? undefined : reasonOf(output, exitCode), checksOf(output));
  } catch (error) {
    if (late.aborted) return answer(say`no answer within ${askMs / 1000} s`, []);
    if (error instanceof QuaysideError && error.code === 'ENGINE_CONFLICT') return undefined;
    throw error;
  }
}

function reasonOf(output: string, exitCode: number): string {
  const lines = output.trim().split('\n');
  const words = lines.findLast((line) => line !== '' && !line.startsWith('{'))?.slice(0, reasonLength) ?? '';
  return words === '' ? say`its command ended with exit code ${exitCode}` : words;
}

/** A line of the output that is a JSON object with `checks`, as the shop's `/health/ready` answers. */
function checksOf(output: string): ReadinessCheck[] {
  for (const line of output.split('\n')) {
    const checks = line.startsWith('{') ? report.safeParse(jsonOf(line)).data?.checks : undefined;
    if (!checks) continue;
    return Object.entries(checks).map(([name, { status, latency_ms: latency, error }]) => ({
      name,
      status,
      ...(typeof latency === 'number' ? { latencyMs: latency } : {}),
      ...(typeof error === 'string' ? { error } : {}),
    }));
  }
  return [];
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
