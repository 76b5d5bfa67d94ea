import type { ServiceCondition } from '#contract/index.ts';
import type { ContainerDetail, ContainerSummary } from '#engine/docker/index.ts';
import { memorySize } from '#kit/memory-size.ts';
import { say } from '#kit/say.ts';
import { lastFailure, probeFailure, startingReason, unhealthyReason } from './probe-text.ts';
import type { RunFacts } from './runs.ts';

/** A container with its past. */
export interface WatchedContainer {
  readonly detail: ContainerDetail;
  readonly run: RunFacts;
}

/** A container of which only the list has told so far. */
export interface ListedContainer {
  readonly detail: ContainerSummary;
  readonly run?: undefined;
}

export type SeenContainer = WatchedContainer | ListedContainer;

export interface Judgement {
  readonly condition: ServiceCondition;
  /** Absent where the condition says it all. */
  readonly reason?: string;
}

export interface JudgeOptions {
  /** Another service waits for this one to finish: exit code 0 is its success. */
  readonly completes: boolean;
  /** Bytes, where the engine's answer does not say. */
  readonly memoryLimit?: number | undefined;
}

function outOfMemory({ detail }: WatchedContainer, options: JudgeOptions): string {
  const limit = detail.memoryLimit ?? options.memoryLimit;
  return limit === undefined ? say`killed: out of memory` : say`killed: out of memory (limit ${memorySize(limit)})`;
}

/** The engine's long error of a start that failed, cut down to what matters. */
function startError(error: string): string {
  const command = /exec: "([^"]+)": (?:executable file not found|stat [^:]+: no such file)/.exec(error)?.[1];
  if (command !== undefined) return say`could not be started: its command does not exist in the image: ${command}`;
  const text = error.replace(/^.*?(?:OCI runtime create failed: runc create failed: |driver failed programming )/s, '');
  return say`could not be started: ${text.trim()}`;
}

/** What one container says about its service. */
export function judgeContainer(seen: SeenContainer, options: JudgeOptions): Judgement {
  return seen.run === undefined ? judgeListed(seen.detail) : judgeRead(seen, options);
}

/** How a container ended, and whether it was started at all, is not in the list. */
function judgeListed({ state, health = 'none' }: ContainerSummary): Judgement {
  if (state === 'paused') return { condition: 'paused', reason: say`paused` };
  if (state !== 'running') return { condition: 'unknown' };
  return { condition: health === 'none' ? 'running' : health };
}

function judgeRead(watched: WatchedContainer, options: JudgeOptions): Judgement {
  const { detail, run } = watched;
  if (run.crashing) return { condition: 'crashing', reason: crashReason(watched, options) };
  if (detail.restarting) return { condition: 'starting', reason: say`restarting after exit code ${detail.exitCode}` };
  switch (detail.state) {
    case 'running':
      return judgeRunning(detail);
    case 'paused':
      return { condition: 'paused', reason: say`paused` };
    case 'created':
      return detail.error === ''
        ? { condition: 'created', reason: say`created, not started yet` }
        : { condition: 'failed', reason: startError(detail.error) };
    case 'removing':
      return { condition: 'stopped', reason: say`is being removed` };
    case 'dead':
      return { condition: 'failed', reason: say`dead: the engine could not remove it` };
    default:
      return judgeExited(watched, options);
  }
}

function crashReason(watched: WatchedContainer, options: JudgeOptions): string {
  const { restarts, lastExitCode, outOfMemory: memory } = watched.run;
  const end = memory ? outOfMemory(watched, options) : say`exit code ${lastExitCode ?? watched.detail.exitCode}`;
  return say`crash loop: ${say`${restarts} restarts, ${end}`}`;
}

function judgeRunning(detail: ContainerDetail): Judgement {
  switch (detail.health) {
    case 'none':
      return { condition: 'running' };
    case 'starting':
      return { condition: 'starting', reason: startingReason(detail) };
    case 'unhealthy':
      return { condition: 'unhealthy', reason: unhealthyReason(detail) };
    case 'healthy': {
      const failure = lastFailure(detail);
      return failure === undefined
        ? { condition: 'healthy' }
        : { condition: 'healthy', reason: say`the last probe failed: ${probeFailure(failure)}` };
    }
  }
}

/** Exit codes of a process that was told to end: 128 + SIGINT, SIGKILL, SIGTERM. */
const SIGNALLED = new Set([130, 137, 143]);

function judgeExited(watched: WatchedContainer, options: JudgeOptions): Judgement {
  const { detail, run } = watched;
  const { exitCode, error } = detail;
  if (run.stoppedByHand) return { condition: 'stopped', reason: say`stopped by hand` };
  if (detail.oomKilled) return { condition: 'failed', reason: outOfMemory(watched, options) };
  if (error !== '') return { condition: 'failed', reason: startError(error) };
  if (exitCode === 0) return judgeFinished(detail, options);
  if (SIGNALLED.has(exitCode))
    return { condition: 'stopped', reason: say`stopped by a signal (exit code ${exitCode})` };
  const reason =
    detail.restartCount > 0
      ? say`exited with code ${exitCode}, after ${detail.restartCount} restarts`
      : say`exited with code ${exitCode}`;
  return { condition: 'failed', reason };
}

/** Exit code 0 is success for a job; something that was to stay and serve has only stopped. */
function judgeFinished(detail: ContainerDetail, options: JudgeOptions): Judgement {
  const serves = detail.restartPolicy !== 'no' || detail.health !== 'none' || detail.ports.length > 0;
  if (options.completes || !serves) return { condition: 'done', reason: say`finished with exit code 0` };
  return { condition: 'stopped', reason: say`exited with code 0` };
}
