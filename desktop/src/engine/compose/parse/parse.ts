import type { Source } from '../tree/source.ts';
import type { ParsedDocument } from './convert.ts';
import { parseInWorker } from './parse-in-worker.ts';
import { readPlainYaml } from './plain-yaml.ts';
import { parseFullYaml } from './yaml.ts';

/** What takes the complete reader less time than a thread needs to start and to answer, or half a second at worst. */
const maxLength = 64 * 1024;

/** Parses every document of a file. Throws COMPOSE_INVALID for anything that is not clean YAML, too deep, a bomb or too slow. */
export async function parseYaml(source: Source): Promise<readonly ParsedDocument[]> {
  const plain = readPlainYaml(source);
  if (plain !== undefined) return [plain];
  return source.text.length > maxLength ? parseInWorker(source) : parseFullYaml(source);
}
