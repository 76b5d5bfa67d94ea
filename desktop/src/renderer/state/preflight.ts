import { createStore, type StoreApi } from 'zustand/vanilla';
import type { PreflightReport, Problem } from '#contract/index.ts';
import { type Core, problemFrom } from './core.ts';

export interface PreflightEntry {
  report?: PreflightReport;
  /** Why there is no newer report. */
  problem?: Problem;
  checking?: boolean;
  /** Somebody asked for it, so that it is shown also where all is well. */
  asked?: boolean;
  /** What was put away: it is shown again only when it is another, or asked for. */
  dismissed?: string;
}

export interface PreflightSlice {
  byEnvironment: Readonly<Record<string, PreflightEntry>>;
  /** Looks at what would keep the stack from starting; the last report stays until there is another. */
  check: (environment: string, asked: boolean) => Promise<void>;
  /** Puts the report away. */
  dismiss: (environment: string) => void;
}

/** Stands for what a report tells people. */
export function reportKey({ findings }: PreflightReport): string {
  return JSON.stringify(findings.filter(({ severity }) => severity !== 'ok').map(({ title }) => title));
}

/** The last preflight report of each environment. */
export function createPreflightStore(core: Core): StoreApi<PreflightSlice> {
  const turns = new Map<string, number>();
  return createStore<PreflightSlice>((set) => {
    const change = (environment: string, next: (entry: PreflightEntry) => PreflightEntry) => {
      set(({ byEnvironment }) => ({
        byEnvironment: { ...byEnvironment, [environment]: next(byEnvironment[environment] ?? {}) },
      }));
    };
    return {
      byEnvironment: {},
      async check(environment, asked) {
        const turn = (turns.get(environment) ?? 0) + 1;
        turns.set(environment, turn);
        change(environment, (entry) => ({ ...entry, checking: true, asked }));
        let found: PreflightEntry;
        try {
          found = { report: await core.client.preflight.run({ environment }) };
        } catch (error) {
          found = { problem: problemFrom(core, error) };
        }
        // An answer that another question has overtaken tells of files that may be old.
        if (turns.get(environment) !== turn) return;
        change(environment, ({ dismissed }) => ({
          ...found,
          asked,
          ...(dismissed === undefined ? {} : { dismissed }),
        }));
      },
      dismiss: (environment) => {
        turns.set(environment, (turns.get(environment) ?? 0) + 1);
        change(environment, ({ report }) => (report === undefined ? {} : { dismissed: reportKey(report) }));
      },
    };
  });
}
