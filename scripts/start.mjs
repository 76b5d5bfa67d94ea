import { spawn } from 'node:child_process';
import { ensureBuild } from './lib/build.mjs';
import { electronExecutable, whyNoWindow } from './lib/electron.mjs';
import { engineForPanel } from './lib/engine.mjs';
import { inRoot } from './lib/paths.mjs';
import { say, step } from './lib/say.mjs';
import { prepare } from './lib/setup.mjs';
import { startOptions, usage } from './lib/start-options.mjs';
import { main, Trouble } from './lib/trouble.mjs';

/** The panel opens without an engine, too, and tells how to start one: so this is said, not thrown. */
async function engineVariables() {
  let variables = {};
  try {
    await step('engine', async () => {
      const { env, note } = await engineForPanel();
      variables = env;
      return note;
    });
  } catch (error) {
    if (!(error instanceof Trouble)) throw error;
    say(`\n${error.message}\n${error.remedy}\n`);
  }
  return variables;
}

function commandFor({ web, open, port, folder }) {
  const reason = web ? 'asked for' : whyNoWindow();
  if (!reason) return [electronExecutable(), [inRoot('desktop'), '-C', folder]];
  if (!web) say(`  served for the browser, because ${reason}`);
  const flags = [...(port === undefined ? [] : ['--port', String(port)]), ...(open ? ['--open'] : [])];
  return [process.execPath, [inRoot('desktop', 'out', 'hosts', 'web.js'), '-C', folder, ...flags]];
}

/** Runs the panel until it ends or is ended; the engine and the stack stay as they are. */
function runPanel([command, args], variables) {
  const child = spawn(command, args, { stdio: 'inherit', env: { ...process.env, ...variables } });
  let asked = false;
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(name, () => {
      // A terminal sends Ctrl-C to both; a second one, or five seconds without an end, forces it.
      child.kill(asked ? 'SIGKILL' : 'SIGTERM');
      setTimeout(() => child.kill('SIGKILL'), 5_000).unref();
      asked = true;
    });
  }
  return new Promise((resolve, reject) => {
    child.on('error', (error) =>
      reject(new Trouble(`The panel did not start: ${error.message}`, 'Run `npm ci`, then `npm start` again.')),
    );
    child.on('exit', (code) => resolve(asked ? 0 : (code ?? 1)));
  });
}

await main(async () => {
  const options = startOptions(process.argv.slice(2), process.env['INIT_CWD'] ?? process.cwd());
  if (options.help) {
    process.stdout.write(`${usage}\n`);
    return 0;
  }
  await prepare();
  await step('build', ensureBuild, { quiet: true });
  const variables = await engineVariables();
  return runPanel(commandFor(options), variables);
});
