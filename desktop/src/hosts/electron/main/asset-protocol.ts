import { readFile } from 'node:fs/promises';
import { protocol } from 'electron';
import { mediaType, pageHeaders } from '#kit/page-policy.ts';
import { resolveAssetPath } from './asset-path.ts';
import { appScheme } from './trust.ts';

/** Has to run before the app is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: appScheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** Serves the built panel below `root` at app://quayside. */
export function serveAssets(root: string): void {
  protocol.handle(appScheme, async ({ method, url }) => {
    if (method !== 'GET') return answer(405);
    const file = resolveAssetPath(root, url);
    if (file === undefined) return answer(404);
    try {
      const bytes = await readFile(file);
      return answer(200, new Uint8Array(bytes), { 'Content-Type': mediaType(file) });
    } catch {
      return answer(404);
    }
  });
}

function answer(
  status: number,
  body: Uint8Array<ArrayBuffer> | null = null,
  headers: Record<string, string> = {},
): Response {
  return new Response(body, { status, headers: { ...pageHeaders, ...headers } });
}
