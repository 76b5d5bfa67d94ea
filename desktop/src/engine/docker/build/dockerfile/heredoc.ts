/** A here-document that an instruction opens: the line that ends it, and whether tabs before that line count. */
export interface Heredoc {
  readonly terminator: string;
  readonly stripTabs: boolean;
}

/** The here-documents opened on a line, in order. Only words that begin with `<<` count, never those inside quotes. */
export function heredocsOf(line: string, escape: string): Heredoc[] {
  const found: Heredoc[] = [];
  for (const word of shellWords(line, escape)) {
    const parts = /^\d*<<(-?)([^<]+)$/.exec(word);
    const name = unquote(parts?.[2] ?? '');
    if (parts !== null && name !== undefined) found.push({ terminator: name, stripTabs: parts[1] === '-' });
  }
  return found;
}

/** Splits at blanks outside quotes; quotes stay where they are. */
function shellWords(line: string, escape: string): string[] {
  const words: string[] = [];
  let word = '';
  let quote = '';
  for (let at = 0; at < line.length; at += 1) {
    const char = line.charAt(at);
    if (char === escape && quote !== "'") {
      word += char + line.charAt(at + 1);
      at += 1;
    } else if (quote === '' && /\s/.test(char)) {
      if (word !== '') words.push(word);
      word = '';
    } else {
      if (quote === '' && (char === '"' || char === "'")) quote = char;
      else if (char === quote) quote = '';
      word += char;
    }
  }
  if (word !== '') words.push(word);
  return words;
}

/** The name without its quotes; undefined where it is empty or its quotes do not close. */
function unquote(name: string): string | undefined {
  const quoted = /^(["'])(.+)\1$/.exec(name);
  if (quoted !== null) return quoted[2];
  return name === '' || /["']/.test(name) ? undefined : name;
}
