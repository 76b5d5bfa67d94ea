import { z } from 'zod';
import { QuaysideError } from '#contract/index.ts';
import type { ContainerDetail, DockerGateway } from '#engine/docker/index.ts';
import { serviceOf } from '#engine/stack/index.ts';

/** On a service or in its image: the command that asks the application whether it is ready. */
const readyLabel = 'dev.quayside.readiness';

const askMs = 5_000;
const pauseMs = 500;
const reasonLength = 200;

const listForm = z.array(z.string()).min(2);

/** A service that does not say that it is ready. */
export interface Unready {
  readonly service: string;
  readonly reason: string;
}

interface Request {
  readonly gateway: DockerGateway;
  /** Ids of running containers. */
  readonly containers: readonly string[];
  readonly signal: AbortSignal;
}

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
  throw new QuaysideError('COMPOSE_INVALID', `The label ${readyLabel} of ${service} is no command: ${text}`, {
    remedy: `Write it as healthcheck.test, such as ["CMD", "wget", "-q", "-O", "-", "http://127.0.0.1:8000/ready"].`,
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

/** Asks each once; those that do not say yes. What does not run is not asked: others see to that. */
export async function askReady(request: Request): Promise<Unready[]> {
  return (await Promise.all(request.containers.map((id) => askOne(request, id)))).flatMap((one) => one ?? []);
}

interface Patient extends Request {
  /** For how long a service is asked. */
  readonly secondsFor: (service: string) => number;
  /** Hears of each that does not say yes yet. */
  readonly tell: (unready: Unready) => void;
}

/** Asks until all say yes, as long as there is patience; those that never did. */
export async function awaitReady(request: Patient): Promise<Unready[]> {
  const { secondsFor, signal, tell } = request;
  const begun = performance.now();
  const one = async (id: string): Promise<Unready[]> => {
    for (;;) {
      const unready = await askOne(request, id);
      if (!unready) return [];
      signal.throwIfAborted();
      if (performance.now() - begun >= secondsFor(unready.service) * 1000) return [unready];
      tell(unready);
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  };
  return (await Promise.all(request.containers.map(one))).flat();
}

async function askOne({ gateway, signal }: Request, id: string): Promise<Unready | undefined> {
  const container = await gateway.containers.inspect(id);
  const service = serviceOf(container);
  const command = readyCommand(service, container.labels);
  if (!command) return undefined;
  const reason = await refusal(gateway, container, command, signal);
  return reason === undefined ? undefined : { service, reason };
}

async function refusal(
  gateway: DockerGateway,
  { id, tty }: ContainerDetail,
  command: readonly string[],
  signal: AbortSignal,
): Promise<string | undefined> {
  const late = AbortSignal.timeout(askMs);
  try {
    const { exitCode, output } = await gateway.containers.exec(id, {
      command,
      tty,
      signal: AbortSignal.any([signal, late]),
    });
    if (exitCode === 0) return undefined;
    const words = output.trim().split('\n').at(-1)?.slice(0, reasonLength) ?? '';
    return words === '' ? `its command ended with exit code ${exitCode}` : words;
  } catch (error) {
    if (late.aborted) return `no answer within ${askMs / 1000} s`;
    // It does not run: the gate has better words for that.
    if (error instanceof QuaysideError && error.code === 'ENGINE_CONFLICT') return undefined;
    throw error;
  }
}
