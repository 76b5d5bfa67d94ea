import { readFields, type WireField } from './wire.ts';

/** One vertex of the build graph as the builder describes it in one message; later messages replace earlier ones. */
export interface TraceVertex {
  readonly digest: string;
  readonly name: string;
  readonly cached: boolean;
  readonly started?: string;
  readonly completed?: string;
  readonly error: string;
}

/** Progress of one part of a vertex, such as one layer of a download. Bytes. */
export interface TraceStatus {
  readonly id: string;
  readonly vertex: string;
  readonly current: number;
  readonly total: number;
}

/** Raw output of a vertex; messages end anywhere, also inside a character. */
export interface TraceLog {
  readonly vertex: string;
  readonly stream: 1 | 2;
  readonly bytes: Uint8Array;
}

export interface TraceWarning {
  readonly vertex: string;
  readonly text: string;
  readonly line?: number;
}

/** One `moby.buildkit.v1.StatusResponse`. */
export interface Trace {
  readonly vertexes: readonly TraceVertex[];
  readonly statuses: readonly TraceStatus[];
  readonly logs: readonly TraceLog[];
  readonly warnings: readonly TraceWarning[];
}

const utf8 = new TextDecoder();
const empty = new Uint8Array();

function text(field: WireField): string {
  return field.kind === 'bytes' ? utf8.decode(field.value) : '';
}

function bytes(field: WireField): Uint8Array {
  return field.kind === 'bytes' ? field.value : empty;
}

function number(field: WireField): number {
  return field.kind === 'varint' ? field.value : 0;
}

function* numbered(message: Uint8Array, wanted: number): Generator<WireField> {
  for (const field of readFields(message)) if (field.number === wanted) yield field;
}

/** `google.protobuf.Timestamp` to ISO; milliseconds are all that anyone is shown. */
function timestamp(field: WireField): string {
  let seconds = 0;
  let nanos = 0;
  for (const part of readFields(bytes(field))) {
    if (part.number === 1) seconds = number(part);
    else if (part.number === 2) nanos = number(part);
  }
  return new Date(seconds * 1000 + Math.floor(nanos / 1e6)).toISOString();
}

function vertex(message: Uint8Array): TraceVertex {
  let digest = '';
  let name = '';
  let cached = false;
  let error = '';
  let started: string | undefined;
  let completed: string | undefined;
  for (const field of readFields(message)) {
    if (field.number === 1) digest = text(field);
    else if (field.number === 3) name = text(field);
    else if (field.number === 4) cached = number(field) === 1;
    else if (field.number === 5) started = timestamp(field);
    else if (field.number === 6) completed = timestamp(field);
    else if (field.number === 7) error = text(field);
  }
  return {
    digest,
    name,
    cached,
    error,
    ...(started === undefined ? {} : { started }),
    ...(completed === undefined ? {} : { completed }),
  };
}

function status(message: Uint8Array): TraceStatus {
  const found = { id: '', vertex: '', current: 0, total: 0 };
  for (const field of readFields(message)) {
    if (field.number === 1) found.id = text(field);
    else if (field.number === 2) found.vertex = text(field);
    else if (field.number === 4) found.current = number(field);
    else if (field.number === 5) found.total = number(field);
  }
  return found;
}

function log(message: Uint8Array): TraceLog {
  let owner = '';
  let stream: 1 | 2 = 1;
  let payload: Uint8Array = empty;
  for (const field of readFields(message)) {
    if (field.number === 1) owner = text(field);
    else if (field.number === 3) stream = number(field) === 2 ? 2 : 1;
    else if (field.number === 4) payload = bytes(field);
  }
  return { vertex: owner, stream, bytes: payload };
}

/** `pb.Range`: the line where its start lies, counted from 1; 0 where the builder does not know it. */
function rangeLine(message: Uint8Array): number {
  for (const start of numbered(message, 1)) {
    for (const line of numbered(bytes(start), 1)) return number(line);
  }
  return 0;
}

function warning(message: Uint8Array): TraceWarning {
  let owner = '';
  let short = '';
  let line = 0;
  for (const field of readFields(message)) {
    if (field.number === 1) owner = text(field);
    else if (field.number === 3) short = text(field);
    else if (field.number === 7 && line === 0) line = rangeLine(bytes(field));
  }
  return { vertex: owner, text: short, ...(line > 0 ? { line } : {}) };
}

/** Decodes one StatusResponse; fields that nobody shows are passed over. Throws WireError on a damaged message. */
export function decodeTrace(message: Uint8Array): Trace {
  const trace = {
    vertexes: [] as TraceVertex[],
    statuses: [] as TraceStatus[],
    logs: [] as TraceLog[],
    warnings: [] as TraceWarning[],
  };
  for (const field of readFields(message)) {
    const part = bytes(field);
    if (field.number === 1) trace.vertexes.push(vertex(part));
    else if (field.number === 2) trace.statuses.push(status(part));
    else if (field.number === 3) trace.logs.push(log(part));
    else if (field.number === 4) trace.warnings.push(warning(part));
  }
  return trace;
}
