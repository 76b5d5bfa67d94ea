import type { StackState } from '#contract/index.ts';

/** What the tray says: a shape and a colour for the eye, a sentence for everybody. */
export interface TrayView {
  readonly mark: TrayMark;
  readonly sentence: string;
  /** What may be done at once; anything that needs a look at its plan is done on the page. */
  readonly actions: readonly TrayAction[];
}

export type TrayMark = 'ok' | 'bad' | 'busy' | 'off' | 'unknown';
export interface TrayAction {
  readonly label: 'Start' | 'Stop';
  readonly verb: 'up' | 'start' | 'stop';
}

const unknown: TrayView = { mark: 'unknown', sentence: 'Quayside looks for the engine.', actions: [] };

const marks: Readonly<Record<StackState['condition'], TrayMark>> = {
  empty: 'off',
  stopped: 'off',
  starting: 'busy',
  healthy: 'ok',
  degraded: 'bad',
  unknown: 'unknown',
};

const start: TrayAction = { label: 'Start', verb: 'up' };
const stop: TrayAction = { label: 'Stop', verb: 'stop' };

/** `state`: undefined while the core has not told one. */
export function trayView(state: StackState | undefined): TrayView {
  if (state === undefined) return unknown;
  const { condition, project, operation, engine, problem, reading } = state;
  if (engine.state !== 'connected') {
    return { mark: 'unknown', sentence: `${project}: the engine does not answer.`, actions: [] };
  }
  const sentence = `${project}: ${state.sentence}`;
  if (operation !== undefined) return { mark: 'busy', sentence, actions: [] };
  if (reading !== undefined) return { mark: 'unknown', sentence, actions: [] };
  const lacksFiles = problem?.code === 'PROJECT_NOT_FOUND';
  const mayStart = problem === undefined || lacksFiles;
  const startNow: TrayAction[] = mayStart ? [lacksFiles ? { ...start, verb: 'start' } : start] : [];
  const actions = condition === 'empty' || condition === 'stopped' ? startNow : [stop];
  return { mark: marks[condition], sentence, actions };
}
