import { parse, YAMLParseError } from 'yaml';
import { QuaysideError } from '#contract/index.ts';
import { say } from '#kit/say.ts';

/** Reads a YAML file that is no compose file, such as quayside.yml. Throws COMPOSE_INVALID with line and column. */
export function parseYamlDocument(text: string, file: string): unknown {
  try {
    return parse(text, { uniqueKeys: true, maxAliasCount: 100 });
  } catch (error) {
    if (!(error instanceof YAMLParseError)) throw error;
    const { line = 1, col: column = 1 } = error.linePos?.[0] ?? {};
    throw new QuaysideError('COMPOSE_INVALID', `${file}:${line}:${column}: ${error.message.split('\n')[0] ?? ''}`, {
      remedy: say`Correct the file at this place.`,
      details: { place: { file, line, column } },
      cause: error,
    });
  }
}
