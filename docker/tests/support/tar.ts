import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { extract, type Header } from 'tar-stream';

type Content = AsyncIterable<Buffer>;

/** Runs `docker ARGS`, which writes a tar archive, and shows every entry; `see` has to consume the content. */
export async function readTar(
  args: readonly string[],
  see: (header: Header, content: Content) => Promise<void>,
  { cwd, input }: { cwd?: string; input?: string } = {},
): Promise<void> {
  const child = spawn('docker', args, { cwd, stdio: ['pipe', 'pipe', 'pipe'] });
  const closed = once(child, 'close');
  let trouble = '';
  child.stderr.on('data', (data: Buffer) => (trouble += data.toString()));
  child.stdin.end(input);
  const entries = extract();
  const reading = (async () => {
    for await (const entry of entries) await see(entry.header, entry as Content);
  })();
  await Promise.all([pipeline(child.stdout, entries), reading]);
  await closed;
  if (child.exitCode !== 0) throw new Error(`docker ${args.join(' ')} failed:\n${trouble}`);
}

/** Reads a stream to its end without keeping it. */
export async function skip(content: Content): Promise<void> {
  const chunks = content[Symbol.asyncIterator]();
  while ((await chunks.next()).done !== true);
}

/** Newer engines keep layers compressed. */
async function* unzipped(content: Content): Content {
  const chunks = content[Symbol.asyncIterator]();
  const first = await chunks.next();
  if (first.done === true) return;
  const all = (async function* () {
    yield first.value;
    yield* { [Symbol.asyncIterator]: () => chunks };
  })();
  const isGzip = first.value[0] === 0x1f && first.value[1] === 0x8b;
  yield* isGzip ? (Readable.from(all).pipe(createGunzip()) as Content) : all;
}

/** Whether a word is anywhere in a stream, which it reads to its end. */
export async function holds(content: Content, word: string): Promise<boolean> {
  let found = false;
  let end = Buffer.alloc(0);
  for await (const chunk of unzipped(content)) {
    const bytes = Buffer.concat([end, chunk]);
    found ||= bytes.includes(word);
    end = bytes.subarray(-word.length);
  }
  return found;
}
