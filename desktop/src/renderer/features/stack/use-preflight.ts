import { useEffect } from 'react';
import type { PreflightReport, StackState } from '#contract/index.ts';
import { reportKey, type Stores, useStore } from '#state/index.ts';
import { isRunning } from './conditions.ts';
import { lacksFiles } from './main-action.ts';
import { isWorthTelling, withoutSaid } from './preflight-words.ts';

export interface PreflightView {
  /** What there is to show; absent where all is well and nobody asked. */
  report: PreflightReport | undefined;
  checking: boolean;
  /** A start could come, so that it makes sense to look. */
  possible: boolean;
  check: () => void;
  dismiss: () => void;
}

/** Looks at what would keep a stack from starting while nothing of it runs: at once, and when files or engine change. */
export function usePreflight(
  stores: Stores,
  environment: string,
  stack: StackState | undefined,
  busy: boolean,
): PreflightView {
  const entry = useStore(stores.preflight, ({ byEnvironment }) => byEnvironment[environment]);
  const { check, dismiss } = useStore(stores.preflight, (state) => state);
  const gone = stack?.problem?.code === 'ENVIRONMENT_NOT_FOUND';
  const known = stack !== undefined && stack.reading === undefined;
  const possible = known && !busy && !gone && !lacksFiles(stack) && !stack.services.some(isRunning);
  const fault = stack?.problem?.message;
  const engine = stack?.engine.state;
  useEffect(() => {
    if (possible && engine !== 'connecting') void check(environment, false);
  }, [possible, check, environment, fault, engine]);
  const { report, asked = false, checking = false, dismissed } = entry ?? {};
  const rest = report && withoutSaid(report, [fault, stack?.engine.problem?.message]);
  const told = rest !== undefined && isWorthTelling(rest) && report !== undefined && reportKey(report) !== dismissed;
  const shown = possible && (asked || told) ? rest : undefined;
  return {
    report: shown,
    checking,
    possible,
    check: () => void check(environment, true),
    dismiss: () => {
      dismiss(environment);
    },
  };
}
