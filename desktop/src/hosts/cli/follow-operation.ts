import type { Action, OperationEvent } from '#contract/index.ts';
import { localTimes } from '#kit/local-time.ts';
import { exitStatus, statusOfEnd } from './exit-status.ts';
import { createProgress } from './progress.ts';
import type { Session } from './session.ts';

/** Starts an operation, shows it until it ends, and returns the exit status. Ctrl-C cancels it and waits for its end. */
export async function runAction(session: Session, environment: string, action: Action): Promise<number> {
  const { client, output, signal } = session;
  const { id } = await client.operation.start({ environment, action });
  const cancel = (): void => {
    output.hint('Cancelling: what runs is finished, nothing more is begun.');
    void client.operation.cancel({ id });
  };
  signal.addEventListener('abort', cancel, { once: true });
  const progress = createProgress(output);
  try {
    for await (const frame of await client.operation.watch({ id })) {
      for (const event of frame.events) {
        output.event(event);
        progress.show(event);
        if (event.type === 'end') return finish(session, event);
      }
    }
  } finally {
    progress.close();
    signal.removeEventListener('abort', cancel);
  }
  return exitStatus.failed;
}

function finish({ output }: Session, end: Extract<OperationEvent, { type: 'end' }>): number {
  const { outcome, summary, seconds, problem } = end;
  if (outcome === 'done') {
    output.line(`${output.paint('ok', 'done')} ${localTimes(summary)} (${seconds.toFixed(1)} s)`);
    output.result(true, { outcome, summary, seconds });
    return exitStatus.done;
  }
  if (problem) output.problem(problem);
  if (problem?.message !== summary) output.hint(localTimes(summary));
  output.result(false, { outcome, summary, seconds, ...(problem ? { problem } : {}) });
  return statusOfEnd(outcome, problem?.code);
}
