import type { StackState, Verb } from '#contract/index.ts';
import { isRunning } from './conditions.ts';

/** A button of the page's head. `ask` shows the plan first. */
export interface StackAction {
  /** What it is called within the panel, in every language; `word` is the key of what it says. */
  name: 'Start' | 'Stop' | 'Restart' | 'Apply changes' | 'Build';
  word: 'start' | 'stop' | 'restart' | 'apply' | 'build';
  verb: Verb;
  look: 'primary' | 'plain' | 'quiet';
  ask: boolean;
}

const build: StackAction = { name: 'Build', word: 'build', verb: 'build', look: 'quiet', ask: false };
const stop: StackAction = { name: 'Stop', word: 'stop', verb: 'stop', look: 'quiet', ask: false };
const restart: StackAction = { name: 'Restart', word: 'restart', verb: 'restart', look: 'plain', ask: true };
const start: StackAction = { name: 'Start', word: 'start', verb: 'up', look: 'primary', ask: false };
const apply: StackAction = { name: 'Apply changes', word: 'apply', verb: 'up', look: 'primary', ask: true };

const startAgain: StackAction = { ...start, verb: 'start' };

/** Its compose files are not on this machine: what there is of it can be driven, but nothing made anew. */
export const lacksFiles = ({ problem }: StackState): boolean => problem?.code === 'PROJECT_NOT_FOUND';

/** What can be done with a stack as it stands; the last one is the main action. */
export function stackActions(stack: StackState): readonly StackAction[] {
  const running = stack.services.filter(isRunning);
  if (stack.problem?.code === 'ENVIRONMENT_NOT_FOUND') return [];
  if (lacksFiles(stack)) return running.length === 0 ? [startAgain] : [stop, restart];
  if (running.length === 0) return [build, start];
  if (
    running.some(({ changed }) => changed) ||
    stack.services.some((one) => one.changed && one.containers.length > 0)
  ) {
    return [build, stop, restart, apply];
  }
  const down = stack.services.some(
    (one) => !isRunning(one) && one.condition !== 'done' && one.condition !== 'waiting' && one.wanted > 0,
  );
  return down ? [build, stop, restart, start] : [build, stop, restart];
}
