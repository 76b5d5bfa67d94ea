const secretWords =
  /pass(word|wd|phrase)?|secret|token|api_?key|private_?key|access_?key|credential|(^|_)auth($|_)|(^|_)key($|_)/i;

/** Whether the name of a variable says that its value is a secret: such values are shown only on request. */
export function isSecretName(name: string): boolean {
  return secretWords.test(name);
}

/** What stands in the place of a secret. */
export const masked = '********';
