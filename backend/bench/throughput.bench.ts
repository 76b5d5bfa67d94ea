import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { start } from './start.ts';

/**
 * Requests per second of the backend, with correlation, access log, security headers and limits, against bare Express. The
 * client is wrk: one written in JavaScript takes more time per answer the more headers it has, and so measures itself.
 */
const path = '/api/products/nomad-backpack';
const connections = 50;
const seconds = 5;
const rounds = 3;
const budget = 0.6;
const ticksPerSecond = 100;

const run = promisify(execFile);

interface Measured {
  readonly rate: number;
  /** Of one processor; what is well below 1 was not the limit. */
  readonly busy: number;
}

/** Seconds of processor time that a process has had. */
async function timeOf(pid: number): Promise<number> {
  const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

async function measure({ url, pid }: { url: string; pid: number }, duration = seconds): Promise<Measured> {
  const [before, begun] = [await timeOf(pid), performance.now()];
  const { stdout } = await run('wrk', ['-t1', `-c${connections}`, `-d${duration}s`, url]);
  const busy = ((await timeOf(pid)) - before) / ((performance.now() - begun) / 1000);
  const rate = Number(/^Requests\/sec:\s+([\d.]+)$/m.exec(stdout)?.[1]);
  if (!(rate > 0) || /Non-2xx|Socket errors/.test(stdout)) throw new Error(`${url}: not all was answered\n${stdout}`);
  return { rate, busy };
}

// No request is refused because the machine is busy: what is measured is answers.
const patient = { MAX_EVENT_LOOP_DELAY_MS: '60000' };
const servers = { bare: await start('bare.ts', path), backend: await start('../src/main.ts', path, patient) };
try {
  for (const server of Object.values(servers)) await measure(server, 2);
  const bare: Measured[] = [];
  const backend: Measured[] = [];
  for (let round = 0; round < rounds; round += 1) {
    bare.push(await measure(servers.bare));
    backend.push(await measure(servers.backend));
  }
  const best = (all: readonly Measured[]) => Math.max(...all.map(({ rate }) => rate));
  const busy = (all: readonly Measured[]) => Math.round(Math.min(...all.map((one) => one.busy)) * 100);
  const ratio = best(backend) / best(bare);
  const ok = ratio >= budget;
  process.stdout.write(
    `${ok ? 'ok  ' : 'MISS'} backend against bare Express: ${ratio.toFixed(2)} x (budget ${budget} x or more); ` +
      `${best(backend).toFixed(0)} against ${best(bare).toFixed(0)} requests/s at ${connections} connections, ` +
      `processor of the server busy ${busy(backend)} and ${busy(bare)} %\n`,
  );
  if (!ok) process.exitCode = 1;
} finally {
  for (const { stop } of Object.values(servers)) stop();
}
