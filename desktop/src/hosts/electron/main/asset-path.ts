import { isAbsolute, join, relative, sep } from 'node:path';
import { assetSegments } from '#kit/asset-path.ts';
import { appHost, appScheme } from './trust.ts';

/** The file for an address of the panel, always below `root`; undefined for every other address. */
export function resolveAssetPath(root: string, address: string): string | undefined {
  const url = URL.parse(address);
  if (url?.protocol !== `${appScheme}:` || url.host !== appHost) return undefined;
  const segments = assetSegments(url.pathname || '/');
  if (!segments) return undefined;
  const file = join(root, ...segments);
  const path = relative(root, file);
  return path === '' || path === '..' || path.startsWith(`..${sep}`) || isAbsolute(path) ? undefined : file;
}
