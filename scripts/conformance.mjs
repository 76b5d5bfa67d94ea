import { engineForTests } from './lib/engine.mjs';
import { inRoot } from './lib/paths.mjs';
import { run } from './lib/run.mjs';
import { say, step } from './lib/say.mjs';
import { prepare } from './lib/setup.mjs';
import { main } from './lib/trouble.mjs';
import { down } from './testbed/down.mjs';
import { layout } from './testbed/layout.mjs';
import { newerCompose } from './testbed/newer-compose.mjs';

/** Where the second, newer docker compose is; it is welcome, not needed. */
async function newerEnv() {
  let found;
  await step('newer docker compose', async () => {
    found = await newerCompose(layout());
  });
  if (found.path) return { QUAYSIDE_NEWER_COMPOSE: found.path };
  say(`  A newer docker compose is left out: ${found.reason}`);
  return {};
}

await main(async () => {
  await prepare();
  const engine = await engineForTests();
  try {
    const env = { ...process.env, ...engine.env, ...(await newerEnv()) };
    const command = ['conformance/main.ts', ...process.argv.slice(2)];
    const { code } = await run(process.execPath, command, { cwd: inRoot('desktop'), env, echo: true });
    return code;
  } finally {
    if (engine.started) await down(layout());
  }
});
