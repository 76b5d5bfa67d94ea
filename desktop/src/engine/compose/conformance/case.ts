/** One project to be read by both tools. */
export interface Case {
  readonly name: string;
  /** File contents by name relative to the project directory. */
  readonly files: Readonly<Record<string, string>>;
  /** Compose files in order; default `compose.yml`. */
  readonly use?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly envFiles?: readonly string[];
  readonly profiles?: readonly string[];
  readonly project?: string;
  /** Why the two tools are meant to differ here: which one refuses, and for what reason. */
  readonly differs?: { readonly refusedBy: 'us' | 'reference'; readonly because: string };
}

/** A case that one of the tools refuses on purpose. */
export const differing = (one: Case, refusedBy: 'us' | 'reference', because: string): Case => ({
  ...one,
  differs: { refusedBy, because },
});

/** A case of one file whose only service `a` has the given lines. */
export const service = (name: string, body: string, rest = ''): Case => ({
  name,
  files: { 'compose.yml': `name: qs-case\nservices:\n  a:\n    image: x\n${indent(body)}\n${rest}` },
});

/** A case of one file, as it stands. */
export const file = (name: string, text: string, more: Partial<Case> = {}): Case => ({
  name,
  ...more,
  files: { 'compose.yml': text, ...more.files },
});

/** A case of several files that override each other in order. */
export const overrides = (name: string, ...texts: string[]): Case => ({
  name,
  files: Object.fromEntries(texts.map((text, index) => [`c${index}.yml`, text])),
  use: texts.map((_, index) => `c${index}.yml`),
});

const indent = (text: string): string =>
  text
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n');
