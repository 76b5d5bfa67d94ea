import type { DockerGateway, LogsOptions } from '#engine/docker/index.ts';
import { createJoiner, type LineVisitor } from '../parse/joiner.ts';
import { type Mark, readTail, type TailRead, type TailWish } from './read-tail.ts';

interface HistoryWish extends TailWish {
  /** Only lines from here on: `seconds.nanoseconds`. */
  readonly since: string | undefined;
  readonly signal: AbortSignal;
}

/** Shows the last whole lines that a container has written so far; it may stop or start between two reads. */
export function readHistory(
  gateway: DockerGateway,
  container: () => { readonly id: string; readonly tty: boolean; readonly running: boolean },
  wish: HistoryWish,
  show: LineVisitor,
): Promise<TailRead> {
  const { since, signal } = wish;
  const read = async (tail: number | 'all', visit: LineVisitor): Promise<number> => {
    const { id, tty, running } = container();
    const joiner = createJoiner(tty, visit);
    const options: LogsOptions = { follow: false, tail, signal };
    await gateway.containers.drainLogs(id, tty, since === undefined ? options : { ...options, since }, {
      frame: (stream, bytes, start, end) => {
        joiner.push(stream, bytes, start, end);
      },
    });
    // What has no line end yet comes again while the log is followed.
    if (!running) joiner.flush();
    return joiner.parts;
  };
  return readTail(wish, read, show);
}

/** The newest line that a container has written, and whether it has ended; undefined where there is none. */
export async function readNewest(
  gateway: DockerGateway,
  { id, tty }: { readonly id: string; readonly tty: boolean },
  { since, signal }: Pick<HistoryWish, 'since' | 'signal'>,
): Promise<(Mark & { readonly ended: boolean }) | undefined> {
  const newest: (Mark & { ended: boolean })[] = [];
  let ended = true;
  const joiner = createJoiner(tty, ({ stream, sec, nanos }) => {
    if (stream !== 3) newest.push({ stream, sec, nanos, ended });
  });
  const options: LogsOptions = { follow: false, tail: 1, signal };
  await gateway.containers.drainLogs(id, tty, since === undefined ? options : { ...options, since }, {
    frame: (stream, bytes, start, end) => {
      joiner.push(stream, bytes, start, end);
    },
  });
  ended = false;
  joiner.flush();
  return newest.at(-1);
}
