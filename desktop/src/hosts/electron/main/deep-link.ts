/** Scheme of links that lead into the app, such as `quayside://open/logs?env=production`. */
export const linkScheme = 'quayside';

/** The pages that a link or a menu may lead to; the names are those of the addresses. */
export const linkedPages = [
  'stack',
  'logs',
  'health',
  'releases',
  'builds',
  'configuration',
  'activity',
  'settings',
  'diagnostics',
] as const;
export type LinkedPage = (typeof linkedPages)[number];

const environmentId = /^[\w.:-]{1,100}$/;
const longest = 200;

/**
 * Where a link leads, as the fragment of the panel's address; undefined for anything else. A link comes from any web
 * page or mail, so it can open a page and choose an environment, and nothing more: no filter, no action, no folder.
 */
export function fragmentOf(link: string): string | undefined {
  const url = link.length <= longest ? URL.parse(link) : null;
  if (url?.protocol !== `${linkScheme}:` || url.host !== 'open' || url.username !== '' || url.hash !== '')
    return undefined;
  const page = linkedPages.find((name) => url.pathname === `/${name}`);
  if (page === undefined) return undefined;
  const asked = [...url.searchParams];
  const [first] = asked;
  if (first === undefined) return `/${page}`;
  const [name, value] = first;
  return asked.length === 1 && name === 'env' && environmentId.test(value)
    ? `/${page}?env=${encodeURIComponent(value)}`
    : undefined;
}

/** The link among the arguments of a process, as Windows and Linux hand it over; undefined without one. */
export function linkIn(args: readonly string[]): string | undefined {
  return args.find((arg) => arg.toLowerCase().startsWith(`${linkScheme}:`));
}
