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

/** What axe found, in one line for each rule. */
export function axeFindings(violations: readonly Violation[]): string[] {
  return violations.flatMap(({ id, nodes }) => {
    const faults = nodes.filter(({ html }) => !isFocusGuard(id, html));
    return faults.length === 0 ? [] : `${id}: ${faults.map(({ html }) => html.slice(0, 160)).join(' | ')}`;
  });
}
