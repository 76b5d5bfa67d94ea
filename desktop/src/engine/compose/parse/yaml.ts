import { type Document, parseAllDocuments } from 'yaml';
import type { QuaysideError } from '#contract/index.ts';
import { say } from '#kit/say.ts';
import { invalid } from '../errors.ts';
import type { Origin } from '../tree/node.ts';
import type { Source } from '../tree/source.ts';
import { Conversion, type ParsedDocument, tooDeep } from './convert.ts';

const maxDocuments = 100;

/** Parses with the complete YAML reader, whatever the text holds. */
export function parseFullYaml(source: Source): ParsedDocument[] {
  const start: Origin = { source, at: 0, keyAt: -1 };
  if (flowDepth(source.text) > 200) throw tooDeep(start);
  const found = documentsOf(source, start);
  if (found.length > maxDocuments) {
    const message = say`the file has ${found.length} documents; Quayside reads at most ${maxDocuments}`;
    throw invalid(start, message, say`Remove the lines with --- that are not needed.`);
  }
  const budget = { spent: 0 };
  return found.map((document) => {
    const error = document.errors[0];
    if (error !== undefined && isExhausted(error)) throw tooDeep({ ...start, at: error.pos[0] });
    if (error !== undefined) throw syntaxError(source, error.pos[0], error.message);
    const { explicit, version } = document.directives.yaml;
    if (explicit === true && version !== '1.1') {
      throw invalid(start, say`YAML ${version} is not what compose files are written in`, say`Remove the %YAML line.`);
    }
    return new Conversion(source, budget).document(document.contents);
  });
}

function documentsOf(source: Source, start: Origin): readonly Document.Parsed[] {
  try {
    const options = { schema: 'failsafe', uniqueKeys: false, prettyErrors: false, logLevel: 'silent' } as const;
    return [...parseAllDocuments(source.text, options)];
  } catch (error) {
    if (error instanceof Error && isExhausted(error)) throw tooDeep(start);
    throw error;
  }
}

/** The YAML reader recurses on nested blocks too, and says only that the stack is exhausted. */
const isExhausted = ({ message }: Error): boolean => message.includes('call stack');

/** Upper bound of bracket nesting: the YAML reader recurses on brackets, so a hostile file could exhaust the stack. */
function flowDepth(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x5b || code === 0x7b) deepest = Math.max(deepest, ++depth);
    else if (code === 0x5d || code === 0x7d) depth = Math.max(0, depth - 1);
  }
  return deepest;
}

function syntaxError(source: Source, at: number, message: string): QuaysideError {
  const before = source.text.slice(source.text.lastIndexOf('\n', at - 1) + 1, at + 1);
  const remedy = before.includes('\t')
    ? say`Indent with spaces: YAML does not allow tabs.`
    : say`Check indentation, quotes and colons on this line and the line above it.`;
  return invalid({ source, at: Math.min(at, source.text.length), keyAt: -1 }, say`not valid YAML: ${message}`, remedy);
}
