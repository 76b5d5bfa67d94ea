const secretWords =
  /pass(word|wd|phrase)?|secret|token|api_?key|private_?key|access_?key|credential|(^|_)auth($|_)|(^|_)key($|_)/i;

/** Whether the name of a variable says that its value is a secret: such values are shown only on request. */
export function isSecretName(name: string): boolean {
  return secretWords.test(name);
}

/** One of them is in each name that says so. */
const pieces = ['pass', 'secret', 'token', 'key', 'credential', 'auth'];

/** False where no name in a text says so, which costs a tenth of looking at each. */
export function mayNameSecret(text: string): boolean {
  const lower = text.toLowerCase();
  return pieces.some((piece) => lower.includes(piece));
}

/** What stands in the place of a secret. */
export const masked = '********';
