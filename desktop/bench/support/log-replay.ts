import { framesOf } from './log-frames.ts';
import { lineOf } from './log-lines.ts';
import { createCore, threadMs } from './log-store.ts';
import { median, report } from './measure.ts';

const batch = 50_000;
const rounds = 5;

/** Ingest from replayed engine frames to the store, on one thread, against JSON.parse of the same lines. */
export async function benchReplay(lines: number): Promise<void> {
  const core = createCore(256 * 1024 * 1024);
  const ours: number[] = [];
  const theirs: number[] = [];
  const per = Math.max(batch, Math.floor(lines / rounds));
  try {
    for (let from = 0; from < per * (rounds + 1); from += batch) {
      const chunks = [...framesOf(from, from + batch)];
      const texts = Array.from({ length: batch }, (_, index) => Buffer.from(lineOf(from + index)));
      const held = core.store.lastSeq;
      const mine = measured(() => {
        for (const chunk of chunks) core.take(chunk);
      });
      if (core.store.lastSeq - held < batch - 1) throw new Error(`${core.store.lastSeq - held} of ${batch} lines came`);
      const parsed = measured(() => {
        for (const text of texts) JSON.parse(text.toString());
      });
      // The first rounds warm both up.
      if (from < per) continue;
      ours.push((mine * 1e6) / batch);
      theirs.push((parsed * 1e6) / batch);
      // Workers get their turn.
      await core.workers.settled();
    }
    const [mine, parse] = [median(ours), median(theirs)];
    const detail = `ours ${mine.toFixed(0)} ns a line (${(1000 / mine).toFixed(2)} M lines/s), JSON.parse ${parse.toFixed(0)} ns, CPU time`;
    report(`log ingest, demux to store, one thread / JSON.parse`, mine / parse, 0.4, 'x', detail);
  } finally {
    core.dispose();
  }
}

function measured(work: () => void): number {
  const begun = threadMs();
  work();
  return threadMs() - begun;
}
