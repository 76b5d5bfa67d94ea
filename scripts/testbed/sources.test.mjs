import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { must } from '../lib/run.mjs';
import { tempFolder } from '../lib/temp-folder.mjs';
import { rewriteClassic, rewriteDeb822 } from './sources.mjs';

const names = { codename: 'bookworm', suite: 'trixie' };

const deb822 = `# The system
Types: deb deb-src
# a comment between fields
URIs: http://mirror.example/debian
Suites: bookworm bookworm-updates
Components: main contrib non-free
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

Types: deb
URIs: http://mirror.example/debian-security
Suites: bookworm-security
Components: main

Types: deb
URIs: http://off.example/debian
Suites: bookworm
Components: main
Enabled: no

Types: deb
URIs: http://vendor.example/repo
Suites: nodistro
Components: main

Types: deb-src
URIs: http://source.example/debian
Suites: bookworm
Components: main
`;

const classic = `# comment
deb [arch=amd64 signed-by=/k.gpg] http://mirror.example/debian bookworm main contrib # why
deb http://mirror.example/debian bookworm-updates main
deb http://mirror.example/debian-security bookworm-security main
deb http://mirror.example/debian-security bookworm main
deb-src http://mirror.example/debian bookworm main
deb http://vendor.example/apt sdk-bookworm main
deb http://vendor.example/linux bookworm stable
deb http://two.example/debian   stable\tmain
deb http://two.example/debian   stable\tmain
`;

/** What apt itself makes of a file: site, release and component of every index it would fetch. */
async function askApt(text, extension) {
  const parts = tempFolder();
  mkdirSync(join(parts, 'lists', 'partial'), { recursive: true });
  writeFileSync(join(parts, `x.${extension}`), text);
  const settings = [
    `Dir::Etc::sourceparts=${parts}`,
    'Dir::Etc::sourcelist=/dev/null',
    `Dir::State::Lists=${parts}/lists`,
  ];
  const options = settings.flatMap((setting) => ['-o', setting]);
  const format = '$(SITE) $(RELEASE) $(COMPONENT) $(CREATED_BY)';
  const lines = await must('apt-get', [...options, 'indextargets', '--no-release-info', '--format', format]);
  const rows = lines.split('\n').filter((line) => line.endsWith(' Packages'));
  return [...new Set(rows)].map((line) => line.replace(' Packages', ''));
}

test('deb822: the release itself is moved, with its key; all else is dropped', () => {
  const text = rewriteDeb822(deb822, names);
  expect(text.match(/^URIs: .*/gm)).toEqual(['URIs: http://mirror.example/debian']);
  expect(text).toContain('Suites: trixie\n');
  expect(text).toContain('Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg');
});

test('deb822: an embedded key keeps its lines', () => {
  const key = 'Signed-By:\n -----BEGIN PGP PUBLIC KEY BLOCK-----\n .\n abc\n -----END PGP PUBLIC KEY BLOCK-----';
  const text = rewriteDeb822(`Types: deb\nURIs: http://m.example\nSuites: bookworm\nComponents: main\n${key}\n`, names);
  expect(text).toContain(' -----BEGIN PGP PUBLIC KEY BLOCK-----\n .\n abc\n -----END');
});

test('classic: the release itself is moved, with its options; doubles and all else are dropped', () => {
  expect(rewriteClassic(classic, names).trim().split('\n')).toEqual([
    'deb [arch=amd64 signed-by=/k.gpg] http://mirror.example/debian trixie main',
    'deb http://two.example/debian trixie main',
  ]);
});

test('files without a Debian release become empty', () => {
  expect(rewriteClassic('deb http://vendor.example/apt nodistro main\n', names)).toBe('');
  expect(rewriteDeb822('Types: deb\nURIs: http://v.example\nSuites: nodistro\nComponents: main\n', names)).toBe('');
});

test.skipIf(!existsSync('/usr/bin/apt-get'))('apt reads both as nothing but the new suite', async () => {
  expect(await askApt(rewriteDeb822(deb822, names), 'sources')).toEqual(['http://mirror.example/debian trixie main']);
  const two = await askApt(rewriteClassic(classic, names).replace('[arch=amd64 signed-by=/k.gpg] ', ''), 'list');
  expect(two.sort()).toEqual(['http://mirror.example/debian trixie main', 'http://two.example/debian trixie main']);
});
