import type { Finding } from '#contract/index.ts';
import type { EngineMachine } from '#engine/docker/index.ts';
import { say } from '#kit/say.ts';
import type { Check, PreflightInput } from '../check.ts';
import { engineMachine } from '../engine-machine.ts';

const TOLERATED_MS = 5_000;

async function inspect(input: PreflightInput): Promise<Finding[]> {
  const machine = await engineMachine(input);
  return machine?.clock === undefined ? [] : [clockFinding(machine.clock)];
}

/** Whether two clocks differ by more than does no harm. A slow answer makes nobody wrong. */
export function clockFinding({ aheadMs, withinMs }: NonNullable<EngineMachine['clock']>): Finding {
  const off = Math.abs(aheadMs);
  if (off - withinMs <= TOLERATED_MS) {
    return { check: 'clock', severity: 'ok', title: say`The clocks of the engine and of this machine agree` };
  }
  return {
    check: 'clock',
    severity: 'warning',
    title:
      aheadMs > 0
        ? say`The clock of the engine is ${spoken(off)} ahead of the one of this machine`
        : say`The clock of the engine is ${spoken(off)} behind the one of this machine`,
    why: say`Logins and certificates are refused when clocks differ, and the times in logs mislead.`,
    remedy: say`Switch automatic time on, on both machines. Where Docker runs in a virtual machine (Docker Desktop), restart Docker: its clock stands still while the computer sleeps.`,
    details: { aheadMs: Math.round(aheadMs) },
  };
}

function spoken(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 120) return say`${seconds} seconds`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 120) return say`${minutes} minutes`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? say`${hours} hours` : say`${Math.round(hours / 24)} days`;
}

/** The engine's clock goes as ours does. */
export const clockCheck: Check = { name: 'clock', run: inspect };
