const colors = 8;

/** The colour of each service, as a CSS value: by its place among all, so that it is the same on every visit. */
export function serviceColors(names: readonly string[]): ReadonlyMap<string, string> {
  return new Map(names.map((name, index) => [name, `var(--svc-${(index % colors) + 1})`]));
}
