import { inRoot } from './lib/paths.mjs';
import { run } from './lib/run.mjs';
import { prepare } from './lib/setup.mjs';
import { main } from './lib/trouble.mjs';

/** How well the shop's assistant answers the held-out questions; `-- --set dev` asks those it was tuned on. */
await main(async () => {
  await prepare();
  const command = ['--conditions=shop-source', 'eval/run.ts', ...process.argv.slice(2)];
  const { code } = await run(process.execPath, command, { cwd: inRoot('backend'), echo: true });
  return code;
});
