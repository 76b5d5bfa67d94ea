import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LogFilter } from '#contract/index.ts';
import { readPage } from '#engine/logs/search/read.ts';
import { framesOf } from './log-frames.ts';
import { idOfLine, lineOf } from './log-lines.ts';
import { type Core, createCore } from './log-store.ts';
import { median, report, timed } from './measure.ts';

const rounds = 5;
const all: LogFilter = { services: [], levels: [], search: '' };
const never = new AbortController().signal;
const show = (text: string): string => text;

/** Memory and search over many lines held, against grep on a file of the same bytes. */
export async function benchSearch(lines: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'qs-bench-logs-'));
  const file = join(folder, 'lines.ndjson');
  const core = createCore(1024 * 1024 * 1024);
  try {
    await fill(core, file, lines);
    reportMemory(core);
    await searches(core, file, lines);
  } finally {
    core.dispose();
    await rm(folder, { recursive: true, force: true });
  }
}

async function fill(core: Core, file: string, lines: number): Promise<void> {
  const stream = createWriteStream(file);
  for (let from = 0; from < lines; from += 10_000) {
    const to = Math.min(lines, from + 10_000);
    for (const chunk of framesOf(from, to)) core.take(chunk);
    const texts = Array.from({ length: to - from }, (_, index) => `${lineOf(from + index)}\n`);
    if (!stream.write(texts.join(''))) await once(stream, 'drain');
    // A flood would leave the sealing behind, as it may.
    await core.workers.settled();
  }
  stream.end();
  await once(stream, 'close');
  await core.workers.settled();
}

/** What 1 M lines take: the sealed ones as many as that, and the newest slabs, which stay as they are whatever there is. */
function reportMemory({ store }: Core): void {
  const sealed = store.slabs.filter((slab) => slab.sealed);
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  const [bytes, lines] = [sum(sealed.map(({ cost }) => cost)), sum(sealed.map(({ rows }) => rows))];
  const open = store.bytes - bytes;
  const detail = `of these ${(open / 1e6).toFixed(0)} MB not sealed; ${sealed.length} of ${store.slabs.length} slabs are`;
  report('memory per 1 M lines held', bytes / lines + open / 1e6, 90, 'MB', detail);
}

async function searches(core: Core, file: string, lines: number): Promise<void> {
  const { store, workers } = core;
  const ask = async (filter: Partial<LogFilter>) => {
    const begun = performance.now();
    const page = await readPage(
      { store, workers, show },
      { filter: { ...all, ...filter }, limit: 200, waitMs: 0 },
      never,
    );
    return { ms: performance.now() - begun, hits: page.lines.length };
  };
  const row = async (what: string, budget: number, filter: Partial<LogFilter>, grep: readonly string[]) => {
    const ours: number[] = [];
    const theirs: number[] = [];
    let hits = 0;
    await ask(filter);
    const begun = process.cpuUsage();
    for (let round = 0; round < rounds; round += 1) {
      const got = await ask(filter);
      ours.push(got.ms);
      hits = got.hits;
    }
    const { user, system } = process.cpuUsage(begun);
    for (let round = 0; round < rounds; round += 1) {
      theirs.push(await timed('sh', ['-c', 'LC_ALL=C grep "$@" > /dev/null || true', 'grep', ...grep, file]));
    }
    const [mine, reference] = [median(ours), median(theirs)];
    const detail = `${hits} hits, ours ${mine.toFixed(1)} ms (CPU of all threads ${((user + system) / 1000 / rounds).toFixed(1)} ms), grep ${reference.toFixed(0)} ms`;
    report(`${what} / grep`, mine / reference, budget, 'x', detail);
  };
  // As many times what grep needs for one pass, which is about 150 ms for 1 M lines on a quiet machine.
  await row('first screen of a filter', 0.07, { levels: ['error'] }, ['-c', '"level":50']);
  await row('first screen of a text', 0.07, { search: 'payment authorised' }, ['-ic', 'payment authorised']);
  // The words of these three stand in every slab, so that all of it is read; those of the next two stand in none.
  await row('literal over all lines, sealed', 2, { search: '"msg":"backend' }, ['-ic', '"msg":"backend']);
  await row('field over all lines, sealed', 2, { query: 'status>=600' }, ['-cE', '"statusCode":[6-9]']);
  await row('regex over all lines, sealed', 2, { search: '/orders.*"pid"/' }, ['-cE', 'orders.*"pid"']);
  await row('a text that is nowhere', 0.07, { search: 'no such text' }, ['-ic', 'no such text']);
  await row('a regex that is nowhere', 0.07, { search: '/orders.*never/' }, ['-cE', 'orders.*never']);
  const id = idOfLine(Math.floor(lines / 2));
  await row('one correlation id', 0.07, { correlationId: id }, ['-c', id]);
}
