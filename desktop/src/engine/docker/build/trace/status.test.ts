import fc from 'fast-check';
import protobuf from 'protobufjs';
import { expect, test } from 'vitest';
import { decodeTrace } from './status.ts';
import { WireError } from './wire.ts';

/** The messages as the builder defines them, for an encoder that is not ours. */
const { root } = protobuf.parse(`
  syntax = "proto3";
  message Timestamp { int64 seconds = 1; int32 nanos = 2; }
  message Vertex {
    string digest = 1; repeated string inputs = 2; string name = 3; bool cached = 4;
    Timestamp started = 5; Timestamp completed = 6; string error = 7;
  }
  message VertexStatus {
    string ID = 1; string vertex = 2; string name = 3; int64 current = 4; int64 total = 5; Timestamp timestamp = 6;
  }
  message VertexLog { string vertex = 1; Timestamp timestamp = 2; int64 stream = 3; bytes msg = 4; }
  message Position { int32 line = 1; int32 character = 2; }
  message Range { Position start = 1; Position end = 2; }
  message VertexWarning {
    string vertex = 1; int64 level = 2; bytes short = 3; repeated bytes detail = 4; string url = 5; repeated Range ranges = 7;
  }
  message StatusResponse {
    repeated Vertex vertexes = 1; repeated VertexStatus statuses = 2; repeated VertexLog logs = 3;
    repeated VertexWarning warnings = 4; fixed64 unknown = 90; float alsoUnknown = 91;
  }`);
const type = root.lookupType('StatusResponse');

function encode(message: Record<string, unknown>): Uint8Array {
  return type.encode(type.fromObject(message)).finish();
}

const text = fc.string({ unit: 'grapheme', maxLength: 40 });
const moment = fc.record({
  seconds: fc.integer({ min: 0, max: 4e9 }),
  nanos: fc.integer({ min: 0, max: 999_999_999 }),
});
const amount = fc.maxSafeNat();
const vertex = fc.record(
  {
    digest: text,
    inputs: fc.array(text, { maxLength: 3 }),
    name: text,
    cached: fc.boolean(),
    started: moment,
    completed: moment,
    error: text,
  },
  { requiredKeys: ['digest', 'name', 'cached', 'error'] },
);
const status = fc.record({ ID: text, vertex: text, name: text, current: amount, total: amount, timestamp: moment });
const log = fc.record({
  vertex: text,
  timestamp: moment,
  stream: fc.constantFrom(1, 2),
  msg: fc.uint8Array({ maxLength: 300 }),
});
const response = fc.record({
  vertexes: fc.array(vertex, { maxLength: 4 }),
  statuses: fc.array(status, { maxLength: 4 }),
  logs: fc.array(log, { maxLength: 4 }),
  unknown: fc.integer({ min: 0, max: 9 }),
  alsoUnknown: fc.integer({ min: 0, max: 9 }),
});

function iso({ seconds, nanos }: { seconds: number; nanos: number }): string {
  return new Date(seconds * 1000 + Math.floor(nanos / 1e6)).toISOString();
}

test('reads what another encoder wrote', () => {
  fc.assert(
    fc.property(response, (message) => {
      const trace = decodeTrace(encode(message));
      expect(trace.vertexes).toEqual(
        message.vertexes.map(({ inputs: _, started, completed, ...rest }) => ({
          ...rest,
          ...(started === undefined ? {} : { started: iso(started) }),
          ...(completed === undefined ? {} : { completed: iso(completed) }),
        })),
      );
      expect(trace.statuses).toEqual(
        message.statuses.map(({ ID, vertex: owner, current, total }) => ({ id: ID, vertex: owner, current, total })),
      );
      expect(trace.logs.map(({ bytes, ...rest }) => ({ ...rest, msg: Uint8Array.from(bytes) }))).toEqual(
        message.logs.map(({ timestamp: _, ...rest }) => rest),
      );
    }),
  );
});

test('takes the line of a warning from its first range', () => {
  const short = Buffer.from('JSONArgsRecommended');
  const ranges = [{ start: { line: 7, character: 0 }, end: { line: 9 } }, { start: { line: 20 } }];
  const trace = decodeTrace(
    encode({
      warnings: [
        { vertex: 'v', level: 1, short, ranges },
        { vertex: 'w', short },
      ],
    }),
  );
  expect(trace.warnings).toEqual([
    { vertex: 'v', text: 'JSONArgsRecommended', line: 7 },
    { vertex: 'w', text: 'JSONArgsRecommended' },
  ]);
});

test('a message that ends inside a number is an error', () => {
  expect(() => decodeTrace(Uint8Array.of(0x0a))).toThrow(WireError);
});

test('a message that breaks off is an error or a shorter message, never a hang or another exception', () => {
  fc.assert(
    fc.property(response, fc.nat(), (message, at) => {
      const whole = encode(message);
      try {
        decodeTrace(whole.subarray(0, at % (whole.length + 1)));
      } catch (error) {
        expect(error).toBeInstanceOf(WireError);
      }
    }),
  );
});
