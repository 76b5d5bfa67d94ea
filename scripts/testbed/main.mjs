import { say, secondsSince } from '../lib/say.mjs';
import { main, misuse, Trouble } from '../lib/trouble.mjs';
import { down } from './down.mjs';
import { shellExports, testbedEnv } from './env.mjs';
import { layout } from './layout.mjs';
import { otherEngines, placeOf, upOther } from './other-engines.mjs';
import { status } from './status.mjs';
import { isUp, up } from './up.mjs';

const usage = `Usage: npm run testbed -- up [ENGINE] | down | status | env [ENGINE]

  up      start a real engine, a registry and the local base image (as root on Debian; harmless when up)
  down    stop them; what was downloaded stays
  status  what runs, with versions; exit status 1 when a part is missing
  env     shell exports: eval "$(npm run --silent testbed -- env)"

An ENGINE (${otherEngines.join(' or ')}) is one of another release beside the testbed's own, with the base image and without a registry.
The state is kept in QUAYSIDE_TESTBED (default: ~/.cache/quayside-testbed); two folders are two testbeds.`;

const commands = {
  async up(place, other) {
    const start = performance.now();
    const worked = await up(place);
    if (other) await upOther(place, other);
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
  async env(place, other) {
    if (!(await isUp(place))) throw new Trouble('The testbed is not up.', 'Start it: npm run testbed -- up');
    const engine = other ? { DOCKER_HOST: placeOf(place, other).endpoint } : {};
    process.stdout.write(`${shellExports({ ...testbedEnv(place), ...engine })}\n`);
  },
};

await main(() => {
  const [name, other, ...rest] = process.argv.slice(2);
  const takesEngine = name === 'up' || name === 'env';
  const known = other === undefined || (takesEngine && otherEngines.includes(other));
  if (!Object.hasOwn(commands, name ?? '') || !known || rest.length > 0)
    throw misuse('Name one of the commands.', usage);
  return commands[name](layout(), other);
});
