import { isSecretName, masked, mayNameSecret } from './secret-name.ts';

/** Shorter values stand in too many lines by chance. */
const minValue = 6;

/** Tokens that are known by their form, each with a piece that is in all of them and is found much faster. */
const forms = [
  ['sk-', /\bsk-[\w-]{16,}/g],
  ['pcsk_', /\bpcsk_\w{16,}/g],
  ['gh', /\bgh[pousr]_[A-Za-z0-9]{20,}/g],
  ['github_pat_', /\bgithub_pat_\w{20,}/g],
  ['glpat-', /\bglpat-[\w-]{16,}/g],
  ['xox', /\bxox[abeoprs]-[\w-]{10,}/g],
  ['IA', /\bA[KS]IA[0-9A-Z]{16}\b/g],
  ['AIza', /\bAIza[\w-]{30,}/g],
  ['eyJ', /\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g],
  ['PRIVATE KEY', /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g],
] as const;
const scheme = /\b(Bearer|Basic|Token)\s+[\w.~+/=-]{8,}/gi;
const login = /(\b[a-z][\w+.-]*:\/\/[^\s:/@"]*:)[^\s@"/]+(?=@)/gi;
const jsonPair = /"([^"\\]{1,60})"(\s*:\s*)"(?:[^"\\]|\\.)+"/g;
const plainPair = /\b([\w.-]{1,60})=("[^"]*"|[^\s"&,;]+)/g;

/** Makes a text fit to be shown. */
export type Masker = (text: string) => string;

/**
 * Puts asterisks in the place of secrets: of the values given, of what stands behind a name that says so, and of tokens known
 * by their form. It errs on the side of hiding.
 */
export function createMasker(values: Iterable<string>): Masker {
  const known = [...new Set(values)].filter((value) => value.length >= minValue);
  // The longest first: one may be a part of another. In JSON a value stands as JSON writes it.
  const written = [...new Set(known.flatMap((value) => [value, JSON.stringify(value).slice(1, -1)]))];
  const literals = written.sort((a, b) => b.length - a.length);
  return (text) => {
    let result = text;
    for (const literal of literals) if (result.includes(literal)) result = result.replaceAll(literal, masked);
    return maskForms(result);
  };
}

/** Names of headers have dashes. */
function isSecret(name: string): boolean {
  return isSecretName(name.replaceAll('-', '_'));
}

function maskForms(text: string): string {
  let result = text;
  if (text.includes('@')) result = result.replace(login, `$1${masked}`);
  result = result.replace(scheme, `$1 ${masked}`);
  if (mayNameSecret(text)) {
    const ofJson = (pair: string, name: string, colon: string) =>
      isSecret(name) ? `"${name}"${colon}"${masked}"` : pair;
    const plain = (pair: string, name: string) => (isSecret(name) ? `${name}=${masked}` : pair);
    result = result.replace(jsonPair, ofJson).replace(plainPair, plain);
  }
  for (const [piece, form] of forms) if (text.includes(piece)) result = result.replace(form, masked);
  return result;
}
