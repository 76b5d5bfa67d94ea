/** How long a file is kept for the browser to copy it to where its user wants it. */
const KEPT_MS = 10 * 60_000;
/** Of the room that the browser says it has. */
const SHARE = 0.9;

/** A file in the browser's own storage, on disk: nothing of it is held in memory. */
export interface StoredFile {
  /** Bytes that it can hold. */
  readonly most: number;
  write(part: Uint8Array<ArrayBuffer>): Promise<void>;
  /** The whole file, which lasts for ten minutes. */
  close(): Promise<File>;
  abort(): Promise<void>;
}

async function exportsFolder({ storage }: Navigator): Promise<FileSystemDirectoryHandle | undefined> {
  try {
    const root = await storage.getDirectory();
    return await root.getDirectoryHandle('exports', { create: true });
  } catch {
    // No secure context, a private window, or a browser that has none.
    return undefined;
  }
}

/** Removes what the browser has had the time to copy, also what a page that was closed has left behind. */
export async function forgetStored(from = navigator): Promise<void> {
  const folder = await exportsFolder(from);
  if (folder === undefined) return;
  for await (const [name, handle] of folder.entries()) {
    if (handle.kind !== 'file') continue;
    const { lastModified } = await handle.getFile();
    // One that is being written or read somewhere stays until the next time.
    if (Date.now() - lastModified >= KEPT_MS) await folder.removeEntry(name).catch(() => undefined);
  }
}

async function writable(handle: FileSystemFileHandle): Promise<FileSystemWritableFileStream | undefined> {
  try {
    return await handle.createWritable();
  } catch {
    // Some browsers have the storage, and write to it from workers only.
    return undefined;
  }
}

/** Undefined where there is no such storage that can be written to, or none with more room than `least` bytes. */
export async function storedFile(name: string, least: number, from = navigator): Promise<StoredFile | undefined> {
  const folder = await exportsFolder(from);
  if (folder === undefined) return undefined;
  const { quota = 0, usage = 0 } = await from.storage.estimate();
  const most = Math.floor((quota - usage) * SHARE);
  if (most <= least) return undefined;
  const own = `${crypto.randomUUID()}-${name}`;
  const handle = await folder.getFileHandle(own, { create: true });
  const file = await writable(handle);
  if (file === undefined) {
    await folder.removeEntry(own);
    return undefined;
  }
  return {
    most,
    write: (part) => file.write(part),
    async close() {
      await file.close();
      setTimeout(() => void forgetStored(from), KEPT_MS + 1000);
      return handle.getFile();
    },
    async abort() {
      // A write that failed has ended it already.
      await file.abort().catch(() => undefined);
      await folder.removeEntry(own);
    },
  };
}
