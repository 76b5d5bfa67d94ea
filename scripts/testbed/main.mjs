import { say, secondsSince } from '../lib/say.mjs';
import { main, misuse, Trouble } from '../lib/trouble.mjs';
import { down } from './down.mjs';
import { shellExports, testbedEnv } from './env.mjs';
import { layout } from './layout.mjs';
import { status } from './status.mjs';
import { isUp, up } from './up.mjs';

const usage = `Usage: npm run testbed -- up | down | status | env

  up      start a real engine, a registry and the local base image (as root on Debian; harmless when up)
  down    stop them; what was downloaded stays
  status  what runs, with versions; exit status 1 when a part is missing
  env     shell exports: eval "$(npm run --silent testbed -- env)"

The state is kept in QUAYSIDE_TESTBED (default: ~/.cache/quayside-testbed); two folders are two testbeds.`;

const commands = {
  async up(place) {
    const start = performance.now();
    const worked = await up(place);
    say(`testbed: ${worked ? 'up' : 'already up'} (${secondsSince(start)})`);
  },
  async down(place) {
    const start = performance.now();
    const worked = await down(place);
    say(`testbed: ${worked ? 'down' : 'nothing was running'} (${secondsSince(start)})`);
  },
  async status(place) {
    const { lines, up: all } = await status(place);
    process.stdout.write(`${lines.join('\n')}\n`);
    return all ? 0 : 1;
  },
  async env(place) {
    if (!(await isUp(place))) throw new Trouble('The testbed is not up.', 'Start it: npm run testbed -- up');
    process.stdout.write(`${shellExports(testbedEnv(place))}\n`);
  },
};

await main(() => {
  const [name, ...rest] = process.argv.slice(2);
  if (!Object.hasOwn(commands, name ?? '') || rest.length > 0) throw misuse('Name one of the commands.', usage);
  return commands[name](layout());
});
