import { once } from 'node:events';
import { Readable } from 'node:stream';
import type { Pack } from 'tar-stream';
import type { ContextEntry, FileEntry } from './entry.ts';
import { CHUNK, readUnchanged } from './read-file.ts';

type Header = Parameters<Pack['entry']>[0];

/** A file that is not in the context folder but has to be sent with it. */
export interface ExtraFile {
  readonly path: string;
  readonly content: string;
}

/**
 * The tar archive of a build context, read as it is consumed: a few chunks of one file are in memory at a time. The owner
 * is always root, as with the reference client. Fails with a QuaysideError when a file changes while it is read.
 */
export async function packContext(entries: readonly ContextEntry[], extras: readonly ExtraFile[]): Promise<Readable> {
  // Loaded here because most commands never build.
  const { pack } = await import('tar-stream');
  const archive = pack();
  const body = Readable.from(archive, { objectMode: false });
  archive.on('error', unheard);
  fill(archive, entries, extras).catch((error: unknown) => {
    body.destroy(error instanceof Error ? error : new Error(String(error)));
  });
  body.once('close', () => {
    archive.destroy();
  });
  return body;
}

/** What fails is told by `body` or by a callback; a stream that fails without a listener ends the process. */
const unheard = (): undefined => undefined;

async function fill(archive: Pack, entries: readonly ContextEntry[], extras: readonly ExtraFile[]): Promise<void> {
  for (const entry of entries) {
    if (entry.kind === 'file') await addFile(archive, entry);
    else await add(archive, header(entry), Buffer.alloc(0));
  }
  for (const extra of extras) {
    await add(archive, { name: extra.path, mode: 0o644, mtime: new Date(0), type: 'file' }, Buffer.from(extra.content));
  }
  archive.finalize();
}

function header(entry: ContextEntry): Header {
  const common = { name: entry.path, uid: 0, gid: 0, mtime: new Date(entry.mtimeMs) };
  switch (entry.kind) {
    case 'folder':
      return { ...common, type: 'directory', mode: entry.mode };
    case 'link':
      return { ...common, type: 'symlink', mode: 0o777, linkname: entry.target };
    case 'file':
      return { ...common, type: 'file', mode: entry.mode, size: entry.size };
  }
}

function add(archive: Pack, head: Header, content: Buffer): Promise<void> {
  const added = deferred();
  archive.entry(head, content, added.settle).on('error', unheard);
  return added.promise;
}

async function addFile(archive: Pack, entry: FileEntry): Promise<void> {
  if (entry.size <= CHUNK) {
    const chunks: Buffer[] = [];
    for await (const chunk of readUnchanged(entry)) chunks.push(chunk);
    await add(archive, header(entry), Buffer.concat(chunks));
    return;
  }
  const packed = deferred();
  // A failure in the loop below is thrown from there.
  packed.promise.catch(() => undefined);
  const sink = archive.entry(header(entry), packed.settle).on('error', unheard);
  for await (const chunk of readUnchanged(entry)) {
    if (sink.write(chunk)) continue;
    await Promise.race([once(sink, 'drain'), packed.promise]);
  }
  sink.end(undefined);
  await packed.promise;
}

function deferred() {
  const { promise, resolve, reject } = Promise.withResolvers<undefined>();
  const settle = (error?: Error | null): void => {
    if (error) reject(error);
    else resolve(undefined);
  };
  return { promise, settle };
}
