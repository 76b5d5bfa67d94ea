import type { StackState } from '#contract/index.ts';
import type { Speech } from './speech.ts';

/** What the tray says: a shape and a colour for the eye, a sentence for everybody. */
export interface TrayView {
  readonly mark: TrayMark;
  readonly sentence: string;
  /** What may be done at once; anything that needs a look at its plan is done on the page. */
  readonly actions: readonly TrayAction[];
}

export type TrayMark = 'ok' | 'bad' | 'busy' | 'off' | 'unknown';
export interface TrayAction {
  readonly label: string;
  readonly verb: 'up' | 'start' | 'stop';
}

const marks: Readonly<Record<StackState['condition'], TrayMark>> = {
  empty: 'off',
  stopped: 'off',
  starting: 'busy',
  healthy: 'ok',
  degraded: 'bad',
  unknown: 'unknown',
};

/** `state`: undefined while the core has not told one. */
export function trayView(state: StackState | undefined, { words, told }: Speech): TrayView {
  if (state === undefined) return { mark: 'unknown', sentence: words.looksForEngine, actions: [] };
  const { condition, project, operation, engine, problem, reading } = state;
  if (engine.state !== 'connected') {
    return { mark: 'unknown', sentence: `${project}: ${words.engineSilent}`, actions: [] };
  }
  const sentence = `${project}: ${told(state.sentence)}`;
  if (operation !== undefined) return { mark: 'busy', sentence, actions: [] };
  if (reading !== undefined) return { mark: 'unknown', sentence, actions: [] };
  const lacksFiles = problem?.code === 'PROJECT_NOT_FOUND';
  const mayStart = problem === undefined || lacksFiles;
  const start: TrayAction[] = mayStart ? [{ label: words.start, verb: lacksFiles ? 'start' : 'up' }] : [];
  const actions: TrayAction[] =
    condition === 'empty' || condition === 'stopped' ? start : [{ label: words.stop, verb: 'stop' }];
  return { mark: marks[condition], sentence, actions };
}
