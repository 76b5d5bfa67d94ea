/** What of axe's result is looked at. */
interface Violation {
  id: string;
  nodes: readonly { html: string }[];
}

/**
 * Around an open menu Base UI puts elements that send the focus back as soon as they get it. A screen reader is not to tell of
 * them, so they are hidden and focusable at once, which one rule objects to; every other rule, and every other element, counts.
 */
const isFocusGuard = (id: string, html: string): boolean =>
  id === 'aria-hidden-focus' && /^<span\b[^>]* data-base-ui-focus-guard=/.test(html);

/**
 * Axe takes every link whose address begins with `/#` for one to a place on the same page, and objects where that place is missing
 * and the link is out of sight, as one of the pages is that has been scrolled aside. Ours lead to other pages.
 */
const isPageLink = (id: string, html: string): boolean => id === 'skip-link' && /^<a\b[^>]* href="\/#\//.test(html);

/** What axe found, in one line for each rule. */
export function axeFindings(violations: readonly Violation[]): string[] {
  return violations.flatMap(({ id, nodes }) => {
    const faults = nodes.filter(({ html }) => !isFocusGuard(id, html) && !isPageLink(id, html));
    return faults.length === 0 ? [] : `${id}: ${faults.map(({ html }) => html.slice(0, 160)).join(' | ')}`;
  });
}
