import { parse } from 'semver';

/**
 * Whether a copy of version `running` may replace itself by `offered`: only by a higher one, and by a prerelease only where one
 * runs. What is not plainly a version (`v1.2.3`, blanks, build numbers) is refused on either side.
 */
export function mayInstall(running: string, offered: string): boolean {
  const from = plainVersion(running);
  const to = plainVersion(offered);
  if (from === undefined || to === undefined) return false;
  if (to.prerelease.length > 0 && from.prerelease.length === 0) return false;
  return to.compare(from) > 0;
}

function plainVersion(text: string) {
  const version = parse(text);
  return version?.version === text ? version : undefined;
}
