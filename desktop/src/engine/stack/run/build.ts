import type { BuildStep } from '#contract/index.ts';
import type { BuildEvent, BuildVertex } from '#engine/docker/index.ts';
import { say } from '#kit/say.ts';
import { imageName } from '../naming.ts';
import { buildRequest } from './build-request.ts';
import { type RunContext, requiredModel, serviceModel } from './context.ts';
import type { StepResult } from './execute.ts';

/** Milliseconds between two reports of the same vertex while only its byte count moves. */
const byteReportMs = 250;

/** Builds a service's image and tells its progress. */
export async function runBuild(
  context: RunContext,
  serviceName: string,
  options: { onlyIfMissing: boolean; noCache: boolean },
): Promise<StepResult> {
  const image = imageName(context.project, serviceModel(context, serviceName));
  if (options.onlyIfMissing) {
    context.images.forget(image);
    if (await context.images.find(image)) return 'skipped';
  }
  const { request, notes } = buildRequest({
    model: requiredModel(context),
    service: serviceModel(context, serviceName),
    composeVersion: await context.composeVersion(),
    noCache: options.noCache,
  });
  for (const text of notes) context.emit({ type: 'note', text: `${serviceName}: ${text}` });
  const report = createReporter(context, serviceName);
  for await (const event of context.gateway.images.build({ ...request, signal: context.signal })) report(event);
  context.images.forget(image);
  return 'done';
}

function createReporter(context: RunContext, service: string): (event: BuildEvent) => void {
  const told = new Map<string, { key: string; at: number }>();
  return (event) => {
    switch (event.type) {
      case 'vertex': {
        const step = toBuildStep(event.vertex);
        const key = JSON.stringify({ ...step, bytes: undefined });
        const last = told.get(step.id);
        const now = performance.now();
        if (last?.key === key && now - last.at < byteReportMs) return;
        told.set(step.id, { key, at: now });
        context.emit({ type: 'build', service, steps: [step] });
        return;
      }
      case 'log':
        context.emit({ type: 'build-log', service, step: event.vertex, text: event.text });
        return;
      case 'warning':
        context.emit({ type: 'note', text: `${service}: ${event.text}` });
        return;
      case 'context':
        context.emit({
          type: 'note',
          text: say`${service}: sent ${event.files} files (${event.bytes} bytes) to the builder`,
        });
        return;
      case 'image':
        return;
    }
  };
}

/** Splits `[builder 2/5] RUN npm ci` into stage and name and adds the duration. */
function toBuildStep(vertex: BuildVertex): BuildStep {
  const staged = /^\[([^\]]+)\]\s*(.*)$/s.exec(vertex.name);
  const seconds =
    vertex.startedAt !== undefined && vertex.completedAt !== undefined
      ? (Date.parse(vertex.completedAt) - Date.parse(vertex.startedAt)) / 1000
      : undefined;
  return {
    id: vertex.id,
    name: staged?.[2] ?? vertex.name,
    ...(staged?.[1] === undefined ? {} : { stage: staged[1] }),
    cached: vertex.cached,
    ...(vertex.startedAt === undefined ? {} : { startedAt: vertex.startedAt }),
    ...(vertex.completedAt === undefined ? {} : { completedAt: vertex.completedAt }),
    ...(seconds === undefined ? {} : { seconds }),
    ...(vertex.bytes === undefined ? {} : { bytes: vertex.bytes }),
    ...(vertex.error === undefined ? {} : { error: vertex.error }),
  };
}
