import { type LogLine, logLevels } from '#contract/index.ts';

const streams = ['stdout', 'stderr', 'marker'] as const;
const fixed = 24;
const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Lines as one binary body: of each its numbers, then the lengths and bytes of its texts. The way that the panel does not take. */
export function packed(lines: readonly LogLine[]): Uint8Array<ArrayBuffer> {
  const texts = lines.map(({ time, service, container, text, correlationId = '' }) =>
    [time, service, container, text, correlationId].map((part) => encoder.encode(part)),
  );
  const size = texts.flat().reduce((sum, { length }) => sum + length + 4, fixed * lines.length);
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [index, line] of lines.entries()) {
    view.setFloat64(at, line.seq);
    view.setUint8(at + 8, streams.indexOf(line.stream));
    view.setUint8(at + 9, logLevels.indexOf(line.level));
    view.setUint8(at + 10, line.cut === true ? 1 : 0);
    at += fixed;
    for (const part of texts[index] ?? []) {
      view.setUint32(at, part.length);
      bytes.set(part, at + 4);
      at += part.length + 4;
    }
  }
  return bytes;
}

/** The lines again. */
export function unpacked(buffer: ArrayBuffer): LogLine[] {
  const bytes = new Uint8Array(buffer);
  const view = new DataView(buffer);
  const lines: LogLine[] = [];
  let at = 0;
  const next = (): string => {
    const length = view.getUint32(at);
    at += length + 4;
    return decoder.decode(bytes.subarray(at - length, at));
  };
  while (at < bytes.length) {
    const seq = view.getFloat64(at);
    const stream = streams[view.getUint8(at + 8)] ?? 'marker';
    const level = logLevels[view.getUint8(at + 9)] ?? 'none';
    const cut = view.getUint8(at + 10) === 1;
    at += fixed;
    const [time, service, container, text, correlationId] = [next(), next(), next(), next(), next()];
    lines.push({
      ...{ seq, time, service, container, stream, level, text },
      ...(cut ? { cut } : {}),
      ...(correlationId === '' ? {} : { correlationId }),
    });
  }
  return lines;
}
