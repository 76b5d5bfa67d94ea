import type { FilePlace, Repair, VariablesView } from '#contract/index.ts';
import { say } from '#kit/say.ts';
import { isFromOutside, variableRepair } from '../repairs.ts';
import type { WantedPort } from './wanted-ports.ts';

/** How the port of a service can be made another one. */
export interface PortChange {
  readonly words: string;
  readonly repairs: readonly Repair[];
}

/** The variable that gives a service this port; undefined where the number stands in the file itself. */
function portVariable(view: VariablesView | undefined, want: WantedPort): string | undefined {
  const text = want.first === want.last ? String(want.first) : `${want.first}-${want.last}`;
  const giving = (view?.variables ?? []).filter(
    ({ value, uses }) =>
      value === text && uses.some(({ service, setting = '' }) => service === want.service && /^ports\b/.test(setting)),
  );
  return (giving.find(({ name }) => /port/i.test(name)) ?? giving[0])?.name;
}

/** Says how a service gets another port: through its variable, in the environment outside, or in a line of a file. */
export function portChange(
  want: WantedPort,
  free: number | undefined,
  view: VariablesView | undefined,
  line: FilePlace | undefined,
): PortChange {
  const to = free === undefined ? say`another port` : say`${free}, which is free`;
  const variable = portVariable(view, want);
  if (view === undefined || variable === undefined) {
    const words =
      line === undefined
        ? say`publish ${want.service} on ${to}`
        : say`change the port in ${line.file}:${line.line} to ${to}`;
    return { words, repairs: [] };
  }
  if (isFromOutside(view, variable)) {
    return {
      words: say`set ${variable} to ${to}; it comes from the environment that Quayside was started in, so it has to be changed there`,
      repairs: [],
    };
  }
  const repairs = variableRepair(view, variable, free === undefined ? undefined : String(free));
  return { words: say`set ${variable} to ${to}`, repairs };
}
