import type { Command } from 'commander';
import {
  type BuildLog,
  type BuildOutcome,
  type BuildRecord,
  type BuildStep,
  type BuildSummary,
  keptBuilds,
  QuaysideError,
} from '#contract/index.ts';
import { inOrder } from '#kit/build-order.ts';
import { localTime } from '#kit/local-time.ts';
import { printable } from '#kit/printable.ts';
import { exitStatus } from '../exit-status.ts';
import type { Output, Style } from '../output.ts';
import type { Register } from '../program.ts';

export function addBuilds(program: Command, register: Register): void {
  const command = program
    .command('builds')
    .description('list the builds of this environment, or show one with its steps and what failed')
    .argument('[build]', 'id of a build, or name of a service for its newest')
    .option('--logs', 'with what every step printed');
  register(command, async (session) => {
    const environment = await session.environment();
    const { client, output } = session;
    const builds = await client.builds.list({ environment });
    const [wanted] = command.args;
    if (wanted === undefined) {
      for (const build of builds) output.line(lineOf(build, output));
      output.line(
        builds.length === 0 ? 'Nothing was built yet.' : `The ${keptBuilds} newest builds of an environment are kept.`,
      );
      output.result(true, { builds, kept: keptBuilds });
      return exitStatus.done;
    }
    const build = await client.builds.get({ environment, id: idOf(builds, wanted) });
    show(build, output, command.opts<{ logs?: true }>().logs === true);
    output.result(true, { build });
    return exitStatus.done;
  });
}

function idOf(builds: readonly BuildSummary[], wanted: string): string {
  const found = builds.find(({ id }) => id === wanted) ?? builds.find(({ service }) => service === wanted);
  if (found) return found.id;
  throw new QuaysideError(
    'OPERATION_NOT_FOUND',
    `There is no build ${wanted} here, nor one of a service of that name.`,
    {
      remedy: 'quayside builds lists those that are kept.',
    },
  );
}

const styles: Record<BuildOutcome, Style> = { done: 'ok', failed: 'bad', cancelled: 'warn' };

function lineOf({ id, service, outcome, startedAt, seconds, stepCount, cachedCount }: BuildSummary, output: Output) {
  const measures = `${seconds.toFixed(1)} s, ${stepCount} steps, ${cachedCount} cached`;
  const result = output.paint(styles[outcome], outcome.padEnd(9));
  return `${localTime(startedAt)}  ${result}  ${printable(service)}  ${measures}  ${output.paint('dim', printable(id))}`;
}

function show(build: BuildRecord, output: Output, allLogs: boolean): void {
  const { image, steps, logs, problem } = build;
  output.line(lineOf(build, output));
  output.line(`image ${printable(image)}`);
  for (const step of inOrder(steps)) {
    output.line(`  ${stepLine(step, output)}`);
    const log = logs.find((one) => one.step === step.id);
    if (log && (allLogs || step.error !== undefined)) showLog(log, output);
  }
  if (problem) output.problem(problem);
}

function stepLine({ name, stage, cached, seconds, error }: BuildStep, output: Output): string {
  const took = cached ? 'cached' : seconds === undefined ? '' : `${seconds.toFixed(1)} s`;
  const mark = error === undefined ? took.padStart(8) : output.paint('bad', 'failed'.padStart(8));
  return `${mark}  ${printable(`${stage === undefined ? '' : `[${stage}] `}${name}`)}`;
}

function showLog({ lines, hidden }: BuildLog, output: Output): void {
  if (hidden > 0) output.line(`            ${hidden} earlier lines were not kept`);
  for (const line of lines) output.line(`            ${printable(line)}`);
}
