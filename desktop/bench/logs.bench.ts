import { benchCommand } from './support/log-command.ts';
import { benchLive } from './support/log-live.ts';
import { benchReplay } from './support/log-replay.ts';
import { benchSearch } from './support/log-search.ts';
import { benchWire } from './support/log-wire.ts';
import { printTable } from './support/measure.ts';

/** The part of the full sizes that is run, for a machine that is too slow or too busy for all of it. */
const scale = Number(process.env['QUAYSIDE_BENCH_SCALE'] ?? '1');
if (scale !== 1) process.stdout.write(`     sizes are reduced to ${scale} of the full ones\n`);

await benchWire();
await benchReplay(Math.round(1_000_000 * scale));
await benchSearch(Math.round(1_000_000 * scale));
await benchLive(scale);
await benchCommand(Math.round(200_000 * scale));
printTable();
