import { type ChildProcess, spawn } from 'node:child_process';
import { parseArgs } from 'node:util';
import { watch } from 'chokidar';

/**
 * `watch FOLDER... -- ARGS...` runs `node ARGS` and starts it again, in order, when something in a folder changes.
 * Node's own `--watch` loses sight of a file once an editor has put a new one in its place.
 */
const { positionals, tokens } = parseArgs({ allowPositionals: true, tokens: true });
const end = tokens.find(({ kind }) => kind === 'option-terminator')?.index ?? process.argv.length;
const folders = process.argv.slice(2, end + 2);
const args = positionals.slice(folders.length);

/** Editors and version control change several files one after the other. */
const quietMs = 50;

let child: ChildProcess | undefined;
let ending = false;

function start(): void {
  child = spawn(process.execPath, args, { stdio: 'inherit' }).once('exit', (code) => {
    const again = child?.killed === true;
    child = undefined;
    if (ending) process.exit(code ?? 1);
    if (again) start();
    else process.stderr.write('It ended; it is started again when a source changes.\n');
  });
}

function startAgain(): void {
  if (child === undefined) start();
  else if (!child.killed) child.kill('SIGTERM');
}

let quiet: NodeJS.Timeout | undefined;
watch(folders, { ignoreInitial: true })
  .on('ready', start)
  .on('all', () => {
    clearTimeout(quiet);
    quiet = setTimeout(startAgain, quietMs);
  });

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => {
    ending = true;
    if (child === undefined) process.exit(0);
    child.kill(signal);
  });
}
