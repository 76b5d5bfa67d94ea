import type { DiagnosticsFile } from '#contract/index.ts';

/** Makes one zip file of files as they were shown. The packer is fetched when it is first needed. */
export async function pack(files: readonly DiagnosticsFile[], at: string): Promise<Uint8Array<ArrayBuffer>> {
  const { strToU8, zipSync } = await import('fflate');
  const content = Object.fromEntries(files.map(({ name, text }) => [name, strToU8(text)]));
  return new Uint8Array(zipSync(content, { mtime: at }));
}

/** How much of a bundle a file is, in bytes. */
export function sizeOf({ text }: DiagnosticsFile): number {
  return new TextEncoder().encode(text).length;
}
