import { readFile, realpath } from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';
import type { HttpReply } from '#api/serve/http.ts';
import { assetSegments } from '#kit/asset-path.ts';
import { mediaType } from '#kit/page-policy.ts';

/** Answers a GET or HEAD with a file of the built panel; `target` is the raw request target. */
export type StaticFiles = (target: string) => Promise<HttpReply>;

const notFound: HttpReply = { status: 404 };

/** Serves the files below `directory`, and nothing that a link in it points to elsewhere. */
export function serveStatic(directory: string): StaticFiles {
  return async (target) => {
    const segments = assetSegments(target.split(/[?#]/, 1)[0] ?? '');
    if (!segments) return notFound;
    try {
      const root = await realpath(directory);
      const file = await realpath(join(root, ...segments));
      if (!isInside(root, file)) return notFound;
      return { status: 200, headers: headersFor(segments), body: await readFile(file) };
    } catch {
      return notFound;
    }
  };
}

function isInside(root: string, file: string): boolean {
  const path = relative(root, file);
  return path !== '' && path !== '..' && !path.startsWith(`..${sep}`) && !isAbsolute(path);
}

/** Files in assets/ carry a hash in their names; all else may change with the next build. */
function headersFor(segments: readonly string[]): Record<string, string> {
  return {
    'Content-Type': mediaType(segments.at(-1) ?? ''),
    'Cache-Control': segments[0] === 'assets' ? 'private, max-age=31536000, immutable' : 'no-store',
  };
}
