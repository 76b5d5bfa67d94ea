import type { ActivityCheck, ActivityFault } from '#contract/index.ts';
import { say } from '#kit/say.ts';
import { type ChainHead, decodeLink, emptyChain, hashOf } from './chain.ts';

interface LogFile {
  readonly name: string;
  readonly text: string;
}

/**
 * Walks the log from its first line and names every place where a line was changed, taken out, put in or moved. `head` is what
 * was noted beside the log after the last append: without it, lines that were cut away at the end would not be missed.
 */
export function verifyChain(files: readonly LogFile[], head: ChainHead | undefined): ActivityCheck {
  const faults: ActivityFault[] = [];
  let at = emptyChain;
  let entries = 0;
  let cutOff = 0;
  for (const { name, text } of files) {
    for (const [index, line] of text.split('\n').entries()) {
      if (line === '') continue;
      const link = decodeLink(line);
      if (link === undefined && isCutOff(line)) {
        cutOff += 1;
        continue;
      }
      const fault = link === undefined ? say`It is not an entry of this log.` : faultOf(at, link);
      if (fault !== undefined) faults.push({ file: name, line: index + 1, sentence: fault });
      if (link === undefined) continue;
      if (fault === undefined) entries += 1;
      at = { seq: link.seq, hash: link.hash };
    }
  }
  if (head !== undefined && head.seq > at.seq) {
    const file = files.at(-1)?.name ?? '';
    faults.push({ file, sentence: say`Entries ${at.seq + 1} to ${head.seq}, the last ones, are missing.` });
  }
  return { ok: faults.length === 0, entries, cutOff, faults };
}

function faultOf(at: ChainHead, { seq, hash, data }: { seq: number; hash: string; data: string }): string | undefined {
  if (seq !== at.seq + 1) return say`Entry ${seq} follows entry ${at.seq}: entries were taken out, put in or moved.`;
  if (hash !== hashOf(at.hash, data)) return say`Entry ${seq} was changed, or the one before it.`;
  return undefined;
}

/** The beginning of a line that was never finished. */
const isCutOff = (line: string): boolean =>
  line.startsWith('{"v":1,"seq":'.slice(0, line.length)) && !line.endsWith('"}');
