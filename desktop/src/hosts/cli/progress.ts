import type { BuildStep, OperationEvent, PlanStep } from '#contract/index.ts';
import { localTimes } from '#kit/local-time.ts';
import { printable } from '#kit/printable.ts';
import type { Output } from './output.ts';

/** Shows an operation: a line per finished step, and on a terminal one line that is redrawn with what goes on now. */
export interface Progress {
  show(event: OperationEvent): void;
  close(): void;
}

export function createProgress(output: Output): Progress {
  const steps = new Map<string, PlanStep>();
  const shown = new Set<string>();
  let finished = 0;
  let current = '';
  const redraw = (): void => {
    if (output.live && current !== '')
      process.stdout.write(`\r\u001b[K${output.paint('dim', fit(`[${finished}/${steps.size}] ${current}`))}`);
  };
  const line = (text: string): void => {
    if (output.live) process.stdout.write('\r\u001b[K');
    output.line(text);
    redraw();
  };
  return {
    show(event) {
      switch (event.type) {
        case 'begin':
          for (const step of event.plan.steps) steps.set(step.id, step);
          return;
        case 'step': {
          const step = steps.get(event.step);
          if (!step) return;
          if (event.state === 'running') current = describeStep(step);
          else finished += 1;
          const text = stepLine(output, step, event);
          if (text !== undefined) line(text);
          else redraw();
          return;
        }
        case 'build': {
          const step = event.steps.at(-1);
          if (!step) return;
          current = `building ${event.service}: ${printable(step.name)}`;
          if (isNews(shown, event.service, step)) line(`  ${event.service} ${buildLine(output, step)}`);
          else redraw();
          return;
        }
        case 'pull':
          current = `pulling ${event.image}: ${megabytes(event.current)} of ${megabytes(event.total)}, layer ${event.layersDone} of ${event.layers}`;
          redraw();
          return;
        case 'waiting':
        case 'stage':
        case 'note':
          line(remark(output, event));
          return;
        case 'build-log':
        case 'end':
          return;
      }
    },
    close() {
      if (output.live) process.stdout.write('\r\u001b[K');
    },
  };
}

function remark(output: Output, event: Extract<OperationEvent, { type: 'waiting' | 'stage' | 'note' }>): string {
  switch (event.type) {
    case 'waiting':
      return `  ${event.service} ${output.paint('dim', printable(event.reason))}`;
    case 'stage':
      return `${output.paint('accent', event.stage.padEnd(7))} ${printable(localTimes(event.text))}`;
    case 'note':
      return `  ${output.paint('warn', 'note')} ${printable(localTimes(event.text))}`;
  }
}

/** True once per step of a build, when it has ended: the builder may tell of its end several times. */
function isNews(shown: Set<string>, service: string, step: BuildStep): boolean {
  const key = `${service} ${step.id}`;
  if (step.completedAt === undefined || step.stage === undefined || shown.has(key)) return false;
  shown.add(key);
  return true;
}

function buildLine(output: Output, step: BuildStep): string {
  const mark =
    step.error !== undefined ? output.paint('bad', 'failed') : step.cached ? output.paint('dim', 'cached') : 'built';
  const seconds = step.cached || step.seconds === undefined ? '' : ` ${step.seconds.toFixed(1)} s`;
  return `[${step.stage ?? ''}] ${printable(step.name)} ${mark}${seconds}`;
}

function stepLine(
  output: Output,
  step: PlanStep,
  event: Extract<OperationEvent, { type: 'step' }>,
): string | undefined {
  const seconds = event.seconds === undefined ? '' : output.paint('dim', ` ${event.seconds.toFixed(1)} s`);
  switch (event.state) {
    case 'running':
      return undefined;
    case 'done':
      return `${output.paint('ok', 'ok  ')} ${describeStep(step)}${seconds}`;
    case 'failed':
      return `${output.paint('bad', 'fail')} ${describeStep(step)}${seconds}`;
    case 'skipped':
      return output.paint('dim', `skip ${describeStep(step)}`);
  }
}

/** A plan step in words: `create container shop-dev-backend-1`. */
export function describeStep(step: PlanStep): string {
  const [noun = '', action = ''] = step.kind.split('.');
  return step.kind === 'service.wait' ? `wait for ${step.resource}` : `${action} ${noun} ${step.resource}`;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

function fit(text: string): string {
  const width = process.stdout.columns;
  return text.length < width ? text : `${text.slice(0, Math.max(0, width - 2))}…`;
}
