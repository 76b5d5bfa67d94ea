import type { DockerGateway, LogsOptions } from '#engine/docker/index.ts';
import { createJoiner, type JoinedLine } from '../parse/joiner.ts';
import { compareTime, type EngineTime } from '../parse/timestamp.ts';
import type { Row } from '../store/slab.ts';
import type { LogContainer } from './follower.ts';
import { toRow } from './merger.ts';

const BATCH_ROWS = 1000;
const BATCH_BYTES = 4 * 1024 * 1024;

interface ReadMergedOptions {
  readonly gateway: DockerGateway;
  readonly tail?: number | 'all';
  readonly since?: string;
  readonly signal: AbortSignal;
  readonly onError?: (error: unknown, container: LogContainer) => void;
}

/** The lines of one container that are there now, in the order of its log. An error ends it, having been told. */
async function* readOnce(options: ReadMergedOptions, container: LogContainer): AsyncGenerator<JoinedLine> {
  const { gateway, tail, since, signal, onError } = options;
  const asked: LogsOptions = { follow: false, tail: tail ?? 'all', signal, ...(since === undefined ? {} : { since }) };
  const joiner = createJoiner(container.tty);
  try {
    for await (const chunk of gateway.containers.logs(container.id, container.tty, asked)) {
      const lines: JoinedLine[] = [];
      joiner.push(chunk, (line) => lines.push(line));
      yield* lines;
    }
    yield* joiner.take();
  } catch (error) {
    if (!signal.aborted) onError?.(error, container);
  }
}

interface Head {
  readonly source: number;
  readonly rest: AsyncGenerator<JoinedLine>;
  line: JoinedLine;
  /** Never before an earlier line of the same container: its own order is kept. */
  key: EngineTime;
}

/** The next line of one source becomes its head; false at its end. */
async function refill(head: Head): Promise<boolean> {
  const next = await head.rest.next();
  if (next.done === true) return false;
  head.line = next.value;
  if (compareTime(next.value, head.key) > 0) head.key = next.value;
  return true;
}

/** Keeps `heads` sorted: moves the first to its place after its key has grown. */
function sink(heads: Head[]): void {
  for (let at = 0; at + 1 < heads.length; at += 1) {
    const [a, b] = [heads[at], heads[at + 1]];
    if (a === undefined || b === undefined) return;
    if ((compareTime(a.key, b.key) || a.source - b.source) <= 0) return;
    heads[at] = b;
    heads[at + 1] = a;
  }
}

/** Everything that the containers' logs hold now, merged by time, in batches. Source numbers are positions in the list. */
export async function* readMerged(
  options: ReadMergedOptions,
  containers: readonly LogContainer[],
): AsyncGenerator<Row[]> {
  const heads: Head[] = [];
  for (const [source, container] of containers.entries()) {
    const rest = readOnce(options, container);
    const first = await rest.next();
    if (first.done !== true) heads.push({ source, rest, line: first.value, key: first.value });
  }
  heads.sort((a, b) => compareTime(a.key, b.key) || a.source - b.source);
  let batch: Row[] = [];
  let bytes = 0;
  for (let head = heads[0]; head !== undefined; head = heads[0]) {
    batch.push(toRow(head.source, head.line));
    bytes += head.line.bytes.length;
    if (await refill(head)) sink(heads);
    else heads.shift();
    if (batch.length < BATCH_ROWS && bytes < BATCH_BYTES) continue;
    yield batch;
    batch = [];
    bytes = 0;
  }
  yield batch;
}
