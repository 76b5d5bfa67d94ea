import { readdirSync } from 'node:fs';
import { inRoot } from './lib/paths.mjs';
import { run } from './lib/run.mjs';
import { prepare } from './lib/setup.mjs';
import { main, misuse } from './lib/trouble.mjs';

/** How well the shop's assistant answers the held-out questions, or those of another set. */
await main(async () => {
  const sets = readdirSync(inRoot('backend', 'eval'))
    .filter((name) => name.endsWith('.jsonl'))
    .map((name) => name.slice(0, -'.jsonl'.length));
  const [set = 'questions', ...more] = process.argv.slice(2);
  if (more.length > 0 || !sets.includes(set)) {
    throw misuse('Name at most one set of questions.', `Usage: npm run eval -- [${sets.join(' | ')}]`);
  }
  await prepare();
  const { code } = await run(process.execPath, ['--conditions=shop-source', 'eval/run.ts', '--set', set], {
    cwd: inRoot('backend'),
    echo: true,
  });
  return code === 0 ? 0 : 1;
});
