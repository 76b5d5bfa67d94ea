import { readdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { ensureBuild } from './lib/build.mjs';
import { engineForTests } from './lib/engine.mjs';
import { inRoot } from './lib/paths.mjs';
import { run } from './lib/run.mjs';
import { say, step } from './lib/say.mjs';
import { prepare } from './lib/setup.mjs';
import { main, misuse, Trouble } from './lib/trouble.mjs';
import { ensureWrk } from './lib/wrk.mjs';
import { down } from './testbed/down.mjs';
import { layout } from './testbed/layout.mjs';

const workspaces = ['desktop', 'backend', 'docker'];

const usage = `Usage: npm run bench -- [NAME] [--repeats N] [--scale F] [--write]

  NAME         only benchmarks with NAME in their name
  --repeats N  how often crash and race repeat (default: 5 and 50)
  --scale F    logs: the part of the full sizes that is run, such as 0.2
  --write      crash: write what was measured into docs/reliability.md`;

function options() {
  let parsed;
  try {
    const known = {
      repeats: { type: 'string' },
      scale: { type: 'string' },
      write: { type: 'boolean', default: false },
    };
    parsed = parseArgs({ options: known, allowPositionals: true });
  } catch (error) {
    throw misuse(error.message, usage);
  }
  const { repeats, scale, write } = parsed.values;
  if (parsed.positionals.length > 1) throw misuse('Name at most one benchmark.', usage);
  if (repeats !== undefined && !/^[1-9]\d*$/.test(repeats)) throw misuse('--repeats wants a number.', usage);
  if (scale !== undefined && !(Number(scale) > 0 && Number(scale) <= 1))
    throw misuse('--scale wants a part of 1.', usage);
  const env = {
    ...(scale ? { QUAYSIDE_BENCH_SCALE: scale } : {}),
    ...(repeats ? { QUAYSIDE_BENCH_REPEATS: repeats } : {}),
    ...(write ? { QUAYSIDE_BENCH_WRITE: 'true' } : {}),
  };
  return { env, name: parsed.positionals[0] ?? '' };
}

/** All benchmarks, or those whose name contains the word given. */
function chosen(word) {
  const all = workspaces.flatMap((workspace) =>
    readdirSync(inRoot(workspace, 'bench'))
      .filter((name) => name.endsWith('.bench.ts'))
      .map((name) => ({ workspace, name })),
  );
  const found = all.filter(({ name }) => name.includes(word));
  if (found.length === 0) {
    throw new Trouble('There is no such benchmark.', `There are: ${all.map(({ name }) => name).join(', ')}`);
  }
  return found;
}

async function runAll(names, env) {
  const failed = [];
  for (const { workspace, name } of names) {
    say(`\n== ${workspace} ${name}`);
    const command = ['--conditions=shop-source', `bench/${name}`];
    const { code } = await run(process.execPath, command, { cwd: inRoot(workspace), env, echo: true });
    if (code !== 0) failed.push(name);
  }
  if (failed.length > 0)
    throw new Trouble(`Over budget or broken: ${failed.join(', ')}`, 'The output above says which number.');
}

await main(async () => {
  const { env, name } = options();
  const names = chosen(name);
  await prepare();
  if (names.some(({ name: file }) => file.startsWith('throughput'))) await step('wrk', ensureWrk, { quiet: true });
  const engine = await engineForTests();
  try {
    await step('build', ensureBuild, { quiet: true });
    await runAll(names, { ...process.env, ...engine.env, ...env });
  } finally {
    if (engine.started) await down(layout());
  }
});
