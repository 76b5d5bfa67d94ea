import { QuaysideError } from '#contract/index.ts';
import { say } from '#kit/say.ts';
import { platformOf } from '../translate/container.ts';
import { type RunContext, requiredModel, serviceModel } from './context.ts';
import type { StepResult } from './execute.ts';

const reportMs = 100;

/** Pulls an image and tells its progress. `tolerant`: a failure is only noted, because the image can be built instead. */
export async function runPull(
  context: RunContext,
  service: string,
  image: string,
  tolerant: boolean,
): Promise<StepResult> {
  let last = 0;
  const platform = platformOf(serviceModel(context, service), requiredModel(context));
  const options = { signal: context.signal, ...(platform === undefined ? {} : { platform }) };
  try {
    for await (const event of context.gateway.images.pull(image, options)) {
      if (event.type !== 'progress') {
        context.emit({ type: 'note', text: event.type === 'retry' ? retryText(image, event) : event.text });
        continue;
      }
      const { current, total, layersDone, layers } = event;
      const now = performance.now();
      if (now - last < reportMs && layersDone < layers) continue;
      last = now;
      context.emit({ type: 'pull', service, image, current, total, layersDone, layers });
    }
  } catch (error) {
    if (!tolerant || context.signal.aborted || !(error instanceof QuaysideError)) throw error;
    context.emit({ type: 'note', text: say`${image} could not be pulled and is built instead (${error.message})` });
    return 'skipped';
  } finally {
    context.images.forget(image);
  }
  return 'done';
}

function retryText(image: string, { reason, delayMs }: { reason: string; delayMs: number }): string {
  return say`Pulling ${image}: ${reason} Trying again in ${delayMs / 1000} s.`;
}
