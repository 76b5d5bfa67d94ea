import { execFile } from 'node:child_process';
import type { Protocol } from './wanted-ports.ts';

export interface PortOwner {
  readonly pid: number;
  readonly name: string;
}

const DEADLINE_MS = 5_000;

/** What a program prints; empty where it is not there, takes too long or finds nothing. */
function outputOf(file: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    execFile(file, args, { timeout: DEADLINE_MS, windowsHide: true }, (error, stdout) => {
      resolve(error ? '' : stdout);
    });
  });
}

/** The first process in what `lsof -Fpc` prints: `p123`, then `cnode`. */
export function lsofOwner(output: string): PortOwner | undefined {
  const [, pid, name] = /^p(\d+)\r?\n(?:[^pc].*\n)*c(.+)$/m.exec(output) ?? [];
  return pid === undefined || name === undefined ? undefined : { pid: Number(pid), name: name.trim() };
}

/** The process in `123 node`, as the PowerShell command below prints it. */
export function powerShellOwner(output: string): PortOwner | undefined {
  const [, pid, name] = /^\s*(\d+)[ \t]+(\S.*)$/m.exec(output) ?? [];
  return pid === undefined || name === undefined ? undefined : { pid: Number(pid), name: name.trim() };
}

export async function ownerByLsof(port: number, protocol: Protocol): Promise<PortOwner | undefined> {
  const which = protocol === 'udp' ? [`-iUDP:${port}`] : [`-iTCP:${port}`, '-sTCP:LISTEN'];
  return lsofOwner(await outputOf('lsof', ['-nP', ...which, '-Fpc']));
}

export async function ownerByPowerShell(port: number, protocol: Protocol): Promise<PortOwner | undefined> {
  const table = protocol === 'udp' ? 'Get-NetUDPEndpoint' : 'Get-NetTCPConnection -State Listen';
  const command = [
    `$c = ${table} -LocalPort ${port} -ErrorAction Stop | Select-Object -First 1`,
    '$p = Get-Process -Id $c.OwningProcess -ErrorAction Stop',
    'Write-Output "$($p.Id) $($p.ProcessName)"',
  ].join('; ');
  return powerShellOwner(await outputOf('powershell', ['-NoProfile', '-NonInteractive', '-Command', command]));
}
