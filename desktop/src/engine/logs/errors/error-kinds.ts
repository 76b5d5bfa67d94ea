import type { LogErrorKind } from '#contract/index.ts';
import { levelOfWord } from '../parse/level.ts';
import { formatTime } from '../parse/timestamp.ts';
import { Subject } from '../query/subject.ts';
import type { Slab } from '../store/slab.ts';
import type { LogStore } from '../store/store.ts';
import { MARKER_STREAM } from '../store/streams.ts';
import { kindOf, sayingOf } from './kind-of.ts';

/** More kinds than this are no kinds: texts differ in something that is not known as varying. */
const MAX_KINDS = 2000;
const ERROR = levelOfWord('error');
const FATAL = levelOfWord('fatal');

interface Sighting {
  count: number;
  first: string;
  last: string;
  /** Of the newest line. */
  seq: number;
}

interface Kind {
  readonly service: string;
  readonly saying: string;
  /** By the container that wrote it. */
  readonly sightings: Map<number, Sighting>;
}

/**
 * The kinds of error that the containers of a project have logged, and which of them. It goes by the lines that are in the
 * store while it is asked, and remembers them when they have left.
 */
export class ErrorKinds {
  private readonly store: LogStore;
  private readonly subject = new Subject();
  private readonly kinds = new Map<string, Kind>();
  private looked = 0;
  /** There are more kinds than are kept. */
  full = false;

  constructor(store: LogStore) {
    this.store = store;
  }

  /**
   * Errors that containers with these numbers logged, and none of their service did before them. Services of which nothing
   * else is known have none.
   */
  async fresh(current: ReadonlySet<number>): Promise<LogErrorKind[]> {
    await this.look();
    const { sources } = this.store;
    const compared = new Set(sources.flatMap(({ service }, index) => (current.has(index) ? [] : [service])));
    const kinds: LogErrorKind[] = [];
    for (const { service, saying, sightings } of this.kinds.values()) {
      if (!compared.has(service) || ![...sightings.keys()].every((source) => current.has(source))) continue;
      const all = [...sightings.values()];
      const newest = all.reduce((a, b) => (b.seq > a.seq ? b : a));
      kinds.push({
        service,
        text: saying,
        count: all.reduce((sum, { count }) => sum + count, 0),
        first: all.map(({ first }) => first).reduce((a, b) => (b < a ? b : a)),
        last: newest.last,
        seq: newest.seq,
      });
    }
    return kinds.sort((a, b) => b.count - a.count);
  }

  /** Takes note of what has come since the last time. */
  private async look(): Promise<void> {
    const { store } = this;
    for (;;) {
      const from = Math.max(this.looked + 1, store.firstSeq);
      const slab = from > store.lastSeq ? undefined : store.slabAt(from);
      if (slab === undefined) return;
      this.lookAt(slab, from - slab.firstSeq);
      // Readers and those who fill the store are not held up.
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  private lookAt(slab: Slab, from: number): void {
    const { rows, firstSeq } = slab;
    let ready = false;
    for (let row = from; row < rows; row += 1) {
      const level = slab.level(row);
      if ((level !== ERROR && level !== FATAL) || slab.stream(row) === MARKER_STREAM) continue;
      // Where the text has to be decompressed, the store sees to it that it does not stay so.
      if (!ready) this.store.find(firstSeq + row);
      ready = true;
      this.note(slab, row);
    }
    this.looked = firstSeq + rows - 1;
  }

  private note(slab: Slab, row: number): void {
    const { columns } = slab;
    const source = columns.source[row] ?? 0;
    const { service } = this.store.source(source);
    const saying = sayingOf(this.subject.at(slab, row));
    const key = `${service}\n${kindOf(saying)}`;
    let kind = this.kinds.get(key);
    if (kind === undefined) {
      this.full ||= this.kinds.size === MAX_KINDS;
      if (this.full) return;
      this.kinds.set(key, (kind = { service, saying, sightings: new Map() }));
    }
    const time = formatTime({ sec: columns.sec[row] ?? 0, nanos: columns.nanos[row] ?? 0 });
    const known = kind.sightings.get(source) ?? { count: 0, first: time, last: time, seq: 0 };
    kind.sightings.set(source, { ...known, count: known.count + 1, last: time, seq: slab.firstSeq + row });
  }
}
