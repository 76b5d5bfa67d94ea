import type { BuildEvent, BuildVertex } from '../../types.ts';
import { LineAssembler } from './log-text.ts';
import { VertexSpan } from './span.ts';
import type { Trace, TraceLog, TraceStatus, TraceVertex } from './status.ts';

/** How many of its last lines are kept for a vertex, to be shown when it fails. */
const TAIL_LINES = 30;

interface VertexState {
  vertex: BuildVertex;
  /** What was told last, to leave out repetitions, of which the builder sends many. */
  told: string;
  readonly span: VertexSpan;
  readonly parts: Map<string, { readonly current: number; readonly total: number }>;
  readonly streams: Map<1 | 2, LineAssembler>;
  readonly tail: string[];
}

/** What is known of the vertex that failed. */
export interface FailedVertex {
  readonly vertex: BuildVertex;
  readonly error: string;
  readonly output: readonly string[];
}

/** Puts the messages of a build together: one state per vertex, whole log lines, and what is needed to explain a failure. */
export class TraceMerger {
  readonly #states = new Map<string, VertexState>();

  /** The events that this message gives rise to, at most one per vertex apart from log lines. */
  *push(trace: Trace): Generator<BuildEvent> {
    const changed = new Set<VertexState>();
    for (const vertex of trace.vertexes) changed.add(this.#vertex(vertex));
    for (const status of trace.statuses) {
      const state = this.#status(status);
      if (state !== undefined) changed.add(state);
    }
    // A step is told before its first line and ends after its last one.
    for (const state of changed) if (state.vertex.completedAt === undefined) yield* tell(state);
    for (const log of trace.logs) yield* this.#log(log);
    for (const state of changed) {
      if (state.vertex.completedAt === undefined) continue;
      yield* this.#flush(state);
      yield* tell(state);
    }
    for (const warning of trace.warnings) {
      yield { type: 'warning', text: warning.text, ...(warning.line === undefined ? {} : { line: warning.line }) };
    }
  }

  /** Unfinished lines of all vertices; call once at the end of the stream. */
  *end(): Generator<BuildEvent> {
    for (const state of this.#states.values()) yield* this.#flush(state);
  }

  /** The vertex whose error ended the build; those that were only cancelled with it do not count. */
  failed(message: string): FailedVertex | undefined {
    const failures = [...this.#states.values()].filter((state) => state.vertex.error !== undefined);
    const real = failures.filter((state) => !(state.vertex.error ?? '').endsWith('context canceled'));
    const best = real.find((state) => message.includes(state.vertex.error ?? '')) ?? real[0];
    if (best === undefined) return undefined;
    return { vertex: best.vertex, error: best.vertex.error ?? '', output: [...best.tail] };
  }

  #state(digest: string): VertexState {
    let state = this.#states.get(digest);
    if (state === undefined) {
      const vertex = { id: digest, name: '', cached: false };
      state = { vertex, told: '', span: new VertexSpan(), parts: new Map(), streams: new Map(), tail: [] };
      this.#states.set(digest, state);
    }
    return state;
  }

  #vertex(next: TraceVertex): VertexState {
    const state = this.#state(next.digest);
    const before = state.vertex;
    const error = next.error === '' ? before.error : next.error;
    state.vertex = {
      id: next.digest,
      name: next.name === '' ? before.name : next.name,
      cached: next.cached || before.cached,
      ...state.span.merge(next),
      ...(error === undefined ? {} : { error }),
      ...(before.bytes === undefined ? {} : { bytes: before.bytes }),
    };
    return state;
  }

  #status(status: TraceStatus): VertexState | undefined {
    if (status.current === 0 && status.total === 0) return undefined;
    const state = this.#state(status.vertex);
    // Transfers of unknown size report a total of 0 while they run.
    state.parts.set(status.id, { current: status.current, total: Math.max(status.total, status.current) });
    let current = 0;
    let total = 0;
    for (const part of state.parts.values()) {
      current += part.current;
      total += part.total;
    }
    state.vertex = { ...state.vertex, bytes: { current, total } };
    return state;
  }

  *#log(log: TraceLog): Generator<BuildEvent> {
    const state = this.#state(log.vertex);
    let assembler = state.streams.get(log.stream);
    if (assembler === undefined) {
      assembler = new LineAssembler();
      state.streams.set(log.stream, assembler);
    }
    yield* this.#lines(state, log.stream, assembler.push(log.bytes));
  }

  *#flush(state: VertexState): Generator<BuildEvent> {
    for (const [stream, assembler] of state.streams) yield* this.#lines(state, stream, assembler.flush());
  }

  *#lines(state: VertexState, stream: 1 | 2, lines: readonly string[]): Generator<BuildEvent> {
    for (const text of lines) {
      state.tail.push(text);
      if (state.tail.length > TAIL_LINES) state.tail.shift();
      yield { type: 'log', vertex: state.vertex.id, stream, text };
    }
  }
}

function* tell(state: VertexState): Generator<BuildEvent> {
  const content = JSON.stringify(state.vertex);
  if (content === state.told) return;
  state.told = content;
  yield { type: 'vertex', vertex: state.vertex };
}
