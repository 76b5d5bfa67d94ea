import { readFileSync, rmSync } from 'node:fs';
import { allProcesses, commandLine, end, family, startTime } from '../lib/proc.mjs';
import { run } from '../lib/run.mjs';

/** Shims and proxies outlive a killed engine; each names this testbed's folder in its arguments. */
function orphans(place) {
  const programs = [`${place.root}/`, `${place.bin}/`];
  return allProcesses().filter((pid) => {
    const [program = '', ...args] = commandLine(pid);
    const shim = args[args.indexOf('-address') + 1] === place.containerdSocket;
    const proxy = programs.some((folder) => program.startsWith(folder)) && program.endsWith('/docker-proxy');
    return shim || proxy;
  });
}

async function endOrphans(place) {
  const found = [...new Set(orphans(place).flatMap(family))].map((pid) => ({ pid, started: startTime(pid) }));
  await Promise.all(
    found.map(({ pid, started }) =>
      end(pid, { isIt: (each) => startTime(each) === started && commandLine(each).length > 0, patience: 2_000 }),
    ),
  );
}

// mountinfo writes a space as \040.
const mountPoints = () =>
  readFileSync('/proc/self/mountinfo', 'utf8')
    .split('\n')
    .flatMap((line) => line.split(' ')[4] ?? [])
    .map((path) => path.replace(/\\(\d{3})/g, (_, code) => String.fromCharCode(Number.parseInt(code, 8))));

/** What is still mounted below the state folder, deepest first. */
export const mountsBelow = (place) =>
  mountPoints()
    .filter((path) => path.startsWith(`${place.dir}/`))
    .sort((a, b) => b.length - a.length);

/** Ends and removes what a stopped or crashed engine left behind: processes, mounts, sockets. */
export async function clearRemains(place) {
  await endOrphans(place);
  for (const path of mountsBelow(place)) await run('umount', ['-l', path]);
  // Never through a mount: what lies behind it is not ours to delete.
  if (mountsBelow(place).length === 0) rmSync(place.exec, { recursive: true, force: true });
  rmSync(place.socket, { force: true });
}
