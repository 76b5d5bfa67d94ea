import type { PortOwner } from './port-owner-commands.ts';
import { ownerByLsof, ownerByPowerShell } from './port-owner-commands.ts';
import { ownerByProc } from './port-owner-proc.ts';
import type { Protocol } from './wanted-ports.ts';

/** The process that holds a port; undefined where the system does not tell (processes of other users, other systems). */
export function findOwner(port: number, protocol: Protocol): Promise<PortOwner | undefined> {
  if (protocol === 'sctp') return Promise.resolve(undefined);
  switch (process.platform) {
    case 'linux':
      return ownerByProc(port, protocol);
    case 'darwin':
      return ownerByLsof(port, protocol);
    case 'win32':
      return ownerByPowerShell(port, protocol);
    default:
      return Promise.resolve(undefined);
  }
}
