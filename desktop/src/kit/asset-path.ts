/**
 * The file names along a URL path, decoded once, or undefined where a segment could mean anything but one plain name:
 * `.`, `..`, hidden files, separators, drive letters, control characters and broken escapes. Paths without an extension
 * are pages of the panel and give `index.html`.
 */
export function assetSegments(pathname: string): readonly string[] | undefined {
  if (!pathname.startsWith('/') || pathname.includes('//')) return undefined;
  const segments: string[] = [];
  for (const raw of pathname.slice(1).split('/')) {
    const name = decode(raw);
    if (name === undefined || !isPlainName(name)) return undefined;
    segments.push(name);
  }
  const last = segments.at(-1) ?? '';
  return last.includes('.') ? segments : ['index.html'];
}

function decode(raw: string): string | undefined {
  try {
    return decodeURIComponent(raw);
  } catch {
    return undefined;
  }
}

/** An empty name is the root or a trailing slash; both mean a page. */
function isPlainName(name: string): boolean {
  return !name.startsWith('.') && !/[/\\:%]/.test(name) && !hasControls(name);
}

function hasControls(name: string): boolean {
  for (const char of name) if (char < ' ' || char === '\u007f') return true;
  return false;
}
