import type { DestinationStream } from 'pino';

/**
 * Writes what is logged within one turn of the event loop in one go: a write takes longer than all else that is done
 * for a line. Nothing is lost when the process ends, by an error neither.
 */
export function gathered(output: DestinationStream): DestinationStream {
  let lines = '';
  const flush = () => {
    const text = lines;
    lines = '';
    if (text !== '') output.write(text);
  };
  process.once('exit', flush);
  return {
    write(line) {
      if (lines === '') setImmediate(flush);
      lines += line;
    },
  };
}
