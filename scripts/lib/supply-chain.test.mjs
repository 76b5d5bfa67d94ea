import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { inRoot } from './paths.mjs';

const { packages } = JSON.parse(readFileSync(inRoot('package-lock.json'), 'utf8'));
const taken = Object.entries(packages).filter(([path, { link }]) => path.includes('node_modules/') && !link);
const workspaces = Object.keys(packages).filter((path) => !path.includes('node_modules/'));

/** Licences that may be handed on with an app or an image. */
const free = [
  'MIT',
  'Apache-2.0',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'Zlib',
  'Unlicense',
  'Python-2.0',
];
/** Licences of tools, and of files that are handed on as they are. */
const ofTools = [...free, 'MPL-2.0', 'OFL-1.1', 'CC-BY-4.0', 'WTFPL'];
/** What their own metadata does not say, read in the packages themselves. */
const unsaid = { buildcheck: 'MIT', 'cpu-features': 'MIT', ssh2: 'MIT' };

const nameOf = (path) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);

/** Whether one side of each OR, and both sides of each AND, are on the list. */
function isAllowed(licence, list) {
  return licence
    .replaceAll(/[()]/g, '')
    .split(' OR ')
    .some((side) => side.split(' AND ').every((one) => list.includes(one)));
}

test('every package is pinned by its content, and none says where it has to come from', () => {
  expect(taken.length).toBeGreaterThan(500);
  expect(taken.filter(([, { integrity = '' }]) => !integrity.startsWith('sha512-')).map(([path]) => path)).toEqual([]);
  expect(taken.filter(([, { resolved }]) => resolved !== undefined).map(([path]) => path)).toEqual([]);
});

test('what this repository asks for is asked for in one exact version', () => {
  const loose = workspaces.flatMap((path) => {
    const { dependencies, devDependencies, optionalDependencies } = JSON.parse(
      readFileSync(inRoot(path, 'package.json'), 'utf8'),
    );
    return Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies })
      .filter(
        ([name, version]) =>
          !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version) && !workspaces.some((one) => nameIn(one) === name),
      )
      .map(([name, version]) => `${name}@${version} of ${path || 'the root'}`);
  });
  expect(loose).toEqual([]);
});

const nameIn = (path) => JSON.parse(readFileSync(inRoot(path, 'package.json'), 'utf8')).name;

test('no package runs a script when it is installed', () => {
  expect(readFileSync(inRoot('.npmrc'), 'utf8').split('\n')).toContain('ignore-scripts=true');
  // What would like to: each works without.
  const wish = taken.filter(([, { hasInstallScript }]) => hasInstallScript).map(([path]) => nameOf(path));
  expect(wish.toSorted()).toEqual(['cpu-features', 'electron-winstaller', 'protobufjs', 'ssh2']);
});

test('every licence may be handed on, or is that of a tool', () => {
  const bad = taken.flatMap(([path, { license, dev }]) => {
    const licence = license ?? unsaid[nameOf(path)] ?? 'none';
    return isAllowed(licence, dev ? ofTools : free) ? [] : [`${path}: ${licence}`];
  });
  expect(bad).toEqual([]);
  for (const [name, licence] of Object.entries(unsaid)) {
    const file = inRoot('node_modules', name, 'LICENSE');
    // They are optional, and so not on every system.
    if (existsSync(file))
      expect(readFileSync(file, 'utf8'), name).toContain('Permission is hereby granted, free of charge');
    expect(licence).toBe('MIT');
  }
});
