import { json, type Transport } from '../transport.ts';
import type { EngineMachine } from '../types.ts';
import { engineMachine } from './shapes.ts';

/** Memory, processors and clock of the machine that the engine runs on. */
export async function machineOf(transport: Transport, deadlineMs: number): Promise<EngineMachine> {
  const begun = Date.now();
  const told = await json(transport, engineMachine, { method: 'GET', path: '/info', deadlineMs });
  const withinMs = Math.max(0, Date.now() - begun) / 2;
  const time = Date.parse(told.SystemTime);
  return {
    ...(told.MemTotal > 0 ? { memory: told.MemTotal } : {}),
    ...(told.NCPU > 0 ? { cpus: told.NCPU } : {}),
    // It read its clock at some moment between the question and the answer.
    ...(Number.isNaN(time) ? {} : { clock: { aheadMs: time - (begun + withinMs), withinMs } }),
  };
}
