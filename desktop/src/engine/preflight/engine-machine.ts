import type { EngineMachine } from '#engine/docker/index.ts';
import { answeringEngine, type PreflightInput } from './check.ts';

const memory = new WeakMap<PreflightInput, Promise<EngineMachine | undefined>>();

/** The machine of the engine; undefined where none answers. Asked once for all checks of a run. */
export function engineMachine(input: PreflightInput): Promise<EngineMachine | undefined> {
  const asked = memory.get(input) ?? answeringEngine(input).then((gateway) => gateway?.machine());
  memory.set(input, asked);
  return asked;
}
