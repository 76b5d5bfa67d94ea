import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { inRoot } from '../lib/paths.mjs';
import { tempFolder } from '../lib/temp-folder.mjs';
import { differingFuses, packagedApp, wantedFuses } from './fuses.mjs';

/** Electron's fuses lie in the executable behind this text: version, number of fuses, one character each. */
const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';

function executable(fuses) {
  const folder = tempFolder();
  mkdirSync(join(folder, 'linux-unpacked'));
  const wire = Buffer.from([1, fuses.length, ...Buffer.from(fuses)]);
  writeFileSync(join(folder, 'linux-unpacked', 'quayside'), Buffer.concat([Buffer.from(`\x7fELF${sentinel}`), wire]));
  return packagedApp(folder);
}

const wanted = wantedFuses(readFileSync(inRoot('electron-builder.yml'), 'utf8'));

test('an executable with the fuses of electron-builder.yml passes', async () => {
  expect(Object.keys(wanted).length).toBeGreaterThan(5);
  expect(await differingFuses(executable('00001100'), wanted)).toEqual([]);
});

test('each fuse that differs is named', async () => {
  expect(await differingFuses(executable('10000100'), wanted)).toEqual([
    'runAsNode should be off',
    'enableEmbeddedAsarIntegrityValidation should be on',
  ]);
});

test('a fuse that nobody knows and a folder without an app are refused', () => {
  expect(() => wantedFuses('electronFuses: { runAsNod: false }')).toThrow('runAsNod');
  expect(() => packagedApp(tempFolder())).toThrow('no packaged app');
});
