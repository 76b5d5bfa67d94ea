import { useMemo } from 'react';

const colors = 8;

/** The colour of each service, as a CSS value: by its place among all, so that it is the same on every visit. */
function serviceColors(names: readonly string[]): ReadonlyMap<string, string> {
  return new Map(names.map((name, index) => [name, `var(--svc-${(index % colors) + 1})`]));
}

/** The same, and the same map as long as the names stay. */
export function useServiceColors(names: readonly string[]): ReadonlyMap<string, string> {
  const known = names.join('\n');
  return useMemo(() => serviceColors(known === '' ? [] : known.split('\n')), [known]);
}
