/** `1.4.2`, `v2.0.0-rc.1`: a version, with `+` written as `_` where a tag cannot hold it. */
const semantic = /^v?(\d+)\.(\d+)\.(\d+)(?:[-.+_][0-9A-Za-z.+_-]+)?$/;
/** A commit, as CI pushes it. */
const commit = /^sha-[0-9a-f]{7,40}$/;
/** Signatures, attestations and caches lie beside the images. */
const beside = /^sha256-[0-9a-f]{64}|cache/;

/** Whether a tag names one version for good, and not whatever is newest of something. */
export function isVersion(tag: string): boolean {
  return semantic.test(tag) || commit.test(tag);
}

/** Tags that stand for one version now and for another tomorrow: branches, `latest`. */
export function pointers(tags: readonly string[]): string[] {
  return tags.filter((tag) => !isVersion(tag) && !beside.test(tag)).sort();
}

/** Older first, commits before versions: what they are is not told by their names. */
export function byVersion(a: string, b: string): number {
  const [one, other] = [commit.test(a), commit.test(b)];
  if (one !== other) return one ? -1 : 1;
  if (a.startsWith(`${b}-`) || b.startsWith(`${a}-`)) return b.length - a.length;
  return a.localeCompare(b, 'en', { numeric: true });
}
