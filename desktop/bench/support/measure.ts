import { spawn } from 'node:child_process';

/** Runs a command to its end and gives its wall time in milliseconds; throws with its output where it fails. */
export async function timed(
  command: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<number> {
  const begun = performance.now();
  await run(command, args, env);
  return performance.now() - begun;
}

/** Runs a command to its end and gives what it wrote on standard output. */
export function run(command: string, args: readonly string[], env: Record<string, string> = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '';
    let all = '';
    child.stdout.on('data', (data: Buffer) => {
      out += data.toString();
      all += data.toString();
    });
    child.stderr.on('data', (data: Buffer) => {
      all += data.toString();
    });
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(out);
      else reject(new Error(`${command} ${args.join(' ')} ended with ${String(code)}:\n${all}`));
    });
  });
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** A figure as it was printed. */
interface Told {
  readonly what: string;
  readonly value: string;
  readonly budget: string;
  readonly extra: string;
}

const all: Told[] = [];

function print(mark: string, figure: Told): void {
  const { what, value, budget, extra } = figure;
  const limit = budget === '' ? '' : ` (budget ${budget})`;
  process.stdout.write(`${mark} ${what}: ${value}${limit}${extra === '' ? '' : `; ${extra}`}\n`);
  all.push(figure);
}

/** Prints a figure against its budget; the process fails in the end where one is missed. */
export function report(what: string, value: number, budget: number, unit: string, extra = ''): void {
  const ok = value <= budget;
  print(ok ? 'ok  ' : 'MISS', { what, value: `${value.toFixed(2)} ${unit}`, budget: `${budget} ${unit}`, extra });
  if (!ok) process.exitCode = 1;
}

/** Prints a figure that has no budget. */
export function told(what: string, value: number, unit: string, extra = ''): void {
  print('    ', { what, value: `${value.toFixed(2)} ${unit}`, budget: '', extra });
}

/** Prints all figures once more, as rows of the table in docs/performance.md. */
export function printTable(): void {
  const cell = (text: string): string => text.replaceAll('|', String.raw`\|`);
  const rows = all.map(({ what, value, budget, extra }) => `| ${[what, value, budget, extra].map(cell).join(' | ')} |`);
  process.stdout.write(`\n| what | measured | budget | |\n|---|---|---|---|\n${rows.join('\n')}\n`);
}
