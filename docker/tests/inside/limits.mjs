// The limits as the kernel has them, in bytes and processes, under either version of control groups.
import { existsSync, readFileSync } from 'node:fs';

function read(...paths) {
  const path = paths.map((each) => `/sys/fs/cgroup/${each}`).find(existsSync);
  return path === undefined ? undefined : Number(readFileSync(path, 'utf8'));
}

const memory = read('memory.max', 'memory/memory.limit_in_bytes');
const withSwap = read('memory/memory.memsw.limit_in_bytes');
const swap = withSwap === undefined ? read('memory.swap.max') : withSwap - memory;
console.log(JSON.stringify({ memory, swap, pids: read('pids.max', 'pids/pids.max') }));
