import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { strToU8, zipSync } from 'fflate';
import { type DiagnosticsBundle, type DiagnosticsFile, QuaysideError } from '#contract/index.ts';
import { printable } from '#kit/printable.ts';
import { exitStatus } from '../exit-status.ts';
import { collect, lines } from '../option-values.ts';
import type { Output } from '../output.ts';
import type { Register } from '../program.ts';
import { problemOf, type Session } from '../session.ts';

interface DiagnosticsOptions {
  readonly output?: string;
  readonly list?: boolean;
  readonly lines: number;
  readonly without?: readonly string[];
}

export function addDiagnostics(program: Command, register: Register): void {
  const command = program
    .command('diagnostics')
    .description('gather what an engineer needs to help into one file, secrets masked')
    .option('-o, --output <file>', 'the zip file to write (default: quayside-diagnostics-… in this folder)')
    .option('--list', 'only say what would be in it; nothing is written')
    .option('--lines <n>', 'log lines of each container, the newest', lines, 500)
    .option('--without <name>', 'leave a file out, repeatable', collect);
  register(command, async (session) => {
    const options = command.opts<DiagnosticsOptions>();
    const bundle = await gather(session, options.lines);
    const files = chosen(bundle, options.without ?? []);
    const { output } = session;
    const facts = files.map(({ text, ...rest }) => ({ ...rest, bytes: strToU8(text).length }));
    for (const one of facts) showFile(output, one);
    if (options.list === true) {
      output.result(true, { files: facts });
      return exitStatus.done;
    }
    const file = resolve(options.output ?? `${bundle.name}.zip`);
    const bytes = await save(file, files, bundle.at);
    output.line(`Saved ${file} (${size(bytes)}). Look through it before you hand it on.`);
    output.result(true, { file, bytes, files: facts });
    return exitStatus.done;
  });
}

/** A folder whose compose files cannot be found has something to tell, too. */
async function gather(session: Session, lines: number): Promise<DiagnosticsBundle> {
  const { client, signal, output } = session;
  let environment: string | undefined;
  try {
    environment = await session.environment();
  } catch (error) {
    const problem = problemOf(error);
    if (problem.code !== 'PROJECT_NOT_FOUND') throw error;
    output.hint(`Without a project: ${problem.message}`);
  }
  return client.diagnostics.collect({ lines, ...(environment === undefined ? {} : { environment }) }, { signal });
}

function chosen({ files }: DiagnosticsBundle, without: readonly string[]): DiagnosticsFile[] {
  const unknown = without.filter((name) => !files.some((file) => file.name === name));
  if (unknown.length > 0) {
    throw new QuaysideError('USAGE', `There is no ${unknown.join(' and no ')} in the bundle.`, {
      remedy: `Its files: ${files.map(({ name }) => name).join(', ')}.`,
    });
  }
  return files.filter(({ name }) => !without.includes(name));
}

function showFile(
  output: Output,
  { name, title, masked, gap, bytes }: Omit<DiagnosticsFile, 'text'> & { bytes: number },
): void {
  const hidden = masked === 0 ? '' : `, ${masked} masked`;
  output.line(
    `${printable(name).padEnd(22)} ${size(bytes).padStart(8)}  ${printable(title)}${output.paint('dim', hidden)}`,
  );
  if (gap !== undefined) output.line(`${' '.repeat(33)}${output.paint('warn', printable(gap))}`);
}

async function save(file: string, files: readonly DiagnosticsFile[], at: string): Promise<number> {
  const content = Object.fromEntries(files.map(({ name, text }) => [name, strToU8(text)]));
  const archive = zipSync(content, { mtime: at });
  try {
    // It is for its owner to hand on.
    await writeFile(file, archive, { mode: 0o600 });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new QuaysideError('FILE_UNWRITABLE', `The bundle could not be saved: ${why}.`, {
      remedy: 'Name a place that you may write to with --output.',
      cause: error,
    });
  }
  return archive.length;
}

function size(bytes: number): string {
  return bytes < 1000 ? `${bytes} B` : `${(bytes / 1000).toFixed(1)} kB`;
}
