import { checks } from './lib/checks.mjs';
import { run } from './lib/run.mjs';
import { say, secondsSince } from './lib/say.mjs';
import { prepare } from './lib/setup.mjs';
import { main, misuse } from './lib/trouble.mjs';

async function runCheck({ name, cwd, command }) {
  const start = performance.now();
  const { code, stdout, stderr } = await run(...command, { cwd });
  say(`  ${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${secondsSince(start)})`);
  if (code !== 0) process.stdout.write(`${stdout}${stderr}`);
  return code === 0 ? [] : [name];
}

/** Runs them two at a time: enough for two cores, and the type checker takes much memory. */
async function runAll(list) {
  const queue = [...list];
  const worker = async () => {
    const failed = [];
    for (let next = queue.shift(); next; next = queue.shift()) failed.push(...(await runCheck(next)));
    return failed;
  };
  return (await Promise.all([worker(), worker()])).flat();
}

await main(async () => {
  if (process.argv.length > 2) throw misuse('`npm run check` takes no arguments.', 'Usage: npm run check');
  await prepare();
  const list = checks();
  const failed = await runAll(list);
  if (failed.length === 0) say(`\nAll ${list.length} checks passed.`);
  else say(`\n${failed.length} of ${list.length} checks failed: ${failed.join(', ')}`);
  return failed.length === 0 ? 0 : 1;
});
