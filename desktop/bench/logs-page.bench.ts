import { setTimeout as pause } from 'node:timers/promises';
import type { CDPSession, Page } from '@playwright/test';
import { createComposeProject } from '#testing/compose-project.ts';
import { launchWeb } from '../e2e/support/web-driver.ts';
import { agesInStream } from './support/log-floor.ts';
import { printTable, report, told } from './support/measure.ts';

/** The part of the full size that is run, for a machine that is too slow or too busy for all of it. */
const scale = Number(process.env['QUAYSIDE_BENCH_SCALE'] ?? '1');
const services = Math.max(1, Math.round(20 * scale));
const perSecond = 1000;
const warmUpMs = 5000;
const measuredMs = 20_000;

/** Writes so many lines a second, each with the moment of its writing in milliseconds, to a thousandth. */
const writer = `
  let n = 0; const begun = performance.now(); const pad = 'x'.repeat(200);
  setInterval(() => {
    const due = (performance.now() - begun) / 1000 * ${perSecond};
    let text = '';
    for (; n < due; n += 1)
      text += '{"level":30,"time":' + Date.now() + ',"msg":"@' + (performance.timeOrigin + performance.now()).toFixed(3) + '@ ' + pad + '","seq":' + n + '}\\n';
    if (text !== '') process.stdout.write(text);
  }, 5);
`;

/** In the page: of each row, how old its line was in the frame in which it was first painted; and tasks that took long. */
const watcher = `
  const seen = { ages: [], long: [], frames: 0, unfilled: 0 };
  globalThis.seen = seen;
  new PerformanceObserver((list) => { for (const { duration } of list.getEntries()) seen.long.push(duration); })
    .observe({ type: 'longtask' });
  let before = new Set();
  // What is in the document as a frame begins is what it paints: rows may have changed again by the time that it was painted.
  const begun = () => {
    seen.frames += 1;
    const here = new Set();
    const added = [];
    const grid = document.querySelector('[role=grid][aria-label="Log lines"]');
    const rows = grid.querySelectorAll('[role=row]');
    if (rows.length < Math.floor(grid.parentElement.clientHeight / 20)) seen.unfilled += 1;
    for (const row of rows) {
      const [service, written] = row.textContent.split('@');
      if (written === undefined) continue;
      here.add(service + written);
      if (!before.has(service + written)) added.push(Number(written));
    }
    before = here;
    return added;
  };
  const painted = (added) => {
    const now = performance.timeOrigin + performance.now();
    for (const written of added) seen.ages.push(now - written);
  };
  // A message that is sent in a frame comes after it was painted.
  const channel = new MessageChannel();
  channel.port1.onmessage = ({ data }) => painted(data);
  const frame = () => { channel.port2.postMessage(begun()); requestAnimationFrame(frame); };
  requestAnimationFrame(frame);
`;

interface Seen {
  readonly ages: readonly number[];
  readonly long: readonly number[];
  readonly frames: number;
  /** Frames with fewer rows than the list has room for. */
  readonly unfilled: number;
}

const quantile = (sorted: readonly number[], part: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;

/** Processor time of the main thread's tasks, in seconds, and what the heap holds, in bytes. */
async function metrics(session: CDPSession): Promise<{ busy: number; heap: number }> {
  const { metrics: all } = await session.send('Performance.getMetrics');
  const of = (wanted: string): number => all.find(({ name }) => name === wanted)?.value ?? Number.NaN;
  return { busy: of('TaskDuration'), heap: of('JSHeapUsedSize') };
}

/** A page that follows containers of a thousand lines a second each. */
async function benchPage(): Promise<void> {
  const one = { image: 'node:24-bookworm-slim', init: true, stop_grace_period: '1s', command: ['node', '-e', writer] };
  const project = await createComposeProject({
    services: Object.fromEntries(Array.from({ length: services }, (_, index) => [`s${index}`, one])),
  });
  try {
    await project.compose('up', '-d');
    await measureFloor((await project.compose('ps', '-q')).trim().split('\n'));
    const app = await launchWeb({ directory: project.directory, env: { COMPOSE_PROJECT_NAME: project.name } });
    try {
      await measure(app.page);
    } finally {
      await app.close();
    }
  } finally {
    await project.remove();
  }
}

/** What is not ours of the way from a write to its row: the writers and the engine, before anybody looks at a page. */
async function measureFloor(ids: readonly string[]): Promise<void> {
  const ages = (await agesInStream(ids, warmUpMs, measuredMs / 4)).toSorted((a, b) => a - b);
  const detail = `plain follow streams, ${ages.length} lines, no page`;
  told("container write to the engine's stream, median", quantile(ages, 0.5), 'ms', detail);
  told("container write to the engine's stream, 99 of 100", quantile(ages, 0.99), 'ms');
}

async function measure(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Logs' }).click();
  await page.getByRole('grid', { name: 'Log lines' }).waitFor();
  const session = await page.context().newCDPSession(page);
  // By the clock, tasks also have in them how long the writers and the engine kept them from running.
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  await pause(warmUpMs);
  const before = await metrics(session);
  await page.evaluate(watcher);
  await pause(measuredMs);
  const seen = await page.evaluate<Seen>('seen');
  const after = await metrics(session);
  const ages = seen.ages.toSorted((a, b) => a - b);
  const rate = `${services} x ${perSecond} lines/s, ${ages.length} rows, ${(seen.frames / (measuredMs / 1000)).toFixed(0)} frames/s`;
  report('container write to painted, median', quantile(ages, 0.5), 20, 'ms', rate);
  report('container write to painted, 99 of 100', quantile(ages, 0.99), 50, 'ms');
  report('frames with an empty place for a row', seen.unfilled, 0, 'frames');
  const longest = Math.max(0, ...seen.long);
  report('longest task of the page', longest, 50, 'ms', `${seen.long.length} over 50 ms; 0 = none`);
  report('processor time of the page per frame, mean', ((after.busy - before.busy) * 1000) / seen.frames, 10, 'ms');
  await session.send('HeapProfiler.collectGarbage');
  report('heap of the page', (await metrics(session)).heap / 1e6, 30, 'MB');
}

await benchPage();
printTable();
