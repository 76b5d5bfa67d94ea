import { readdirSync } from 'node:fs';
import { ensureBuild } from './lib/build.mjs';
import { engineForTests } from './lib/engine.mjs';
import { inRoot } from './lib/paths.mjs';
import { run } from './lib/run.mjs';
import { say, step } from './lib/say.mjs';
import { prepare } from './lib/setup.mjs';
import { main, misuse, Trouble } from './lib/trouble.mjs';
import { down } from './testbed/down.mjs';
import { layout } from './testbed/layout.mjs';

const workspaces = ['desktop', 'backend', 'docker'];

/** All benchmarks, or those whose name contains the word given. */
function chosen(words) {
  if (words.length > 1) throw misuse('Name at most one benchmark.', 'Usage: npm run bench -- [NAME]');
  const all = workspaces.flatMap((workspace) =>
    readdirSync(inRoot(workspace, 'bench'))
      .filter((name) => name.endsWith('.bench.ts'))
      .map((name) => ({ workspace, name })),
  );
  const found = all.filter(({ name }) => name.includes(words[0] ?? ''));
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
  const names = chosen(process.argv.slice(2));
  await prepare();
  const engine = await engineForTests();
  try {
    await step('build', ensureBuild, { quiet: true });
    await runAll(names, { ...process.env, ...engine.env });
  } finally {
    if (engine.started) await down(layout());
  }
});
