/** An image name taken apart, with the defaults of Docker Hub filled in. */
export interface ImageReference {
  /** `docker.io` or `host[:port]`. */
  readonly domain: string;
  /** `library/node`, `group/app`. */
  readonly path: string;
  /** `latest` where neither a tag nor a digest was written. */
  readonly tag?: string;
  /** `sha256:…`. */
  readonly digest?: string;
}

const HUB = 'docker.io';
const component = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const pathPattern = new RegExp(`^${component}(?:/${component})*$`);
const tagPattern = /^\w[\w.-]{0,127}$/;
const digestPattern = /^[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}$/;
const label = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])';
const domainPattern = new RegExp(`^(?:${label}(?:\\.${label})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?$`);
const digestLengths: Readonly<Record<string, number>> = { sha256: 64, sha384: 96, sha512: 128 };
const LONGEST_PATH = 255;

/** Takes an image name apart as the engine does; undefined where the engine would refuse it. */
export function parseReference(text: string): ImageReference | undefined {
  // Sixty-four hex digits are an image id, which the engine refuses as a name.
  if (/^[a-f0-9]{64}$/.test(text)) return undefined;
  const { name, tag, digest } = split(text);
  if (tag !== undefined && !tagPattern.test(tag)) return undefined;
  if (digest !== undefined && !isDigest(digest)) return undefined;
  const { domain, path } = splitDomain(name);
  if (!domainPattern.test(domain) || !pathPattern.test(path)) return undefined;
  if (path.length > LONGEST_PATH) return undefined;
  const shownTag = tag ?? (digest === undefined ? 'latest' : undefined);
  return {
    domain,
    path,
    ...(shownTag === undefined ? {} : { tag: shownTag }),
    ...(digest === undefined ? {} : { digest }),
  };
}

/** The name without tag and digest that the engine and people use: Docker Hub's own parts are left out. */
export function familiarName(reference: ImageReference): string {
  const full = `${reference.domain}/${reference.path}`;
  if (reference.domain !== HUB) return full;
  const short = /^library\/([^/]+)$/.exec(reference.path)?.[1] ?? reference.path;
  // A first part that looks like a host would be taken for one.
  return splitDomain(short).domain === HUB ? short : full;
}

/** The reference as people write it, with tag and digest. */
export function familiarReference(reference: ImageReference): string {
  const tag = reference.tag === undefined ? '' : `:${reference.tag}`;
  const digest = reference.digest === undefined ? '' : `@${reference.digest}`;
  return `${familiarName(reference)}${tag}${digest}`;
}

function split(text: string): { name: string; tag?: string; digest?: string } {
  const at = text.indexOf('@');
  const named = at < 0 ? text : text.slice(0, at);
  const digest = at < 0 ? {} : { digest: text.slice(at + 1) };
  // A colon before the last slash belongs to the port of the registry.
  const colon = named.indexOf(':', named.lastIndexOf('/') + 1);
  if (colon < 0) return { name: named, ...digest };
  return { name: named.slice(0, colon), tag: named.slice(colon + 1), ...digest };
}

function splitDomain(name: string): { domain: string; path: string } {
  const slash = name.indexOf('/');
  const first = slash < 0 ? '' : name.slice(0, slash);
  const isDomain = /[.:]/.test(first) || first === 'localhost' || first !== first.toLowerCase();
  const domain = isDomain ? first : HUB;
  const path = isDomain ? name.slice(slash + 1) : name;
  const hub = domain === 'index.docker.io' ? HUB : domain;
  return { domain: hub, path: hub === HUB && !path.includes('/') ? `library/${path}` : path };
}

function isDigest(digest: string): boolean {
  if (!digestPattern.test(digest)) return false;
  const [algorithm = '', hex = ''] = digest.split(':');
  const length = digestLengths[algorithm];
  return length !== undefined && hex.length === length && hex === hex.toLowerCase();
}
