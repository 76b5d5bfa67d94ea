import { expect, onTestFinished, test } from 'vitest';
import { including } from '../build/fixtures/like.ts';
import { docker } from '../build/fixtures/real-engine.ts';
import { familiarReference, parseReference } from './reference.ts';

const digest = `sha256:${'ab'.repeat(32)}`;

/** True where the engine takes the text for an image name, whether or not there is such an image. */
async function engineAccepts(text: string): Promise<boolean> {
  try {
    await docker('image', 'tag', '--', 'qs-test-builder-none:none', text);
    return true;
  } catch (error) {
    const said = String(error);
    if (said.includes('is not a valid repository/tag')) return false;
    if (/no such image|refusing to create a tag with a digest/i.test(said)) return true;
    throw error;
  }
}

test.each([
  'a',
  'A',
  'a:b',
  'a:',
  ':a',
  'a@',
  `a@${digest}`,
  `a:b@${digest}`,
  `a@${digest}:b`,
  `a@${digest.toUpperCase()}`,
  'a@sha256:ab',
  `a@md5:${'ab'.repeat(16)}`,
  `a@sha512:${'ab'.repeat(64)}`,
  'a/b',
  'a/B',
  'B/a',
  'a//b',
  '/a',
  'a/',
  'a.b/c',
  'a_b',
  'a__b',
  'a___b',
  'a--b',
  'a-',
  '-a',
  'a..b',
  'a.-b',
  'localhost/a',
  'localhost:5000/a',
  'LOCALHOST/a',
  'host:/a',
  'host:x/a',
  'host:99999/a',
  '[::1]/a',
  '[::1]:5/a',
  '[zz]/a',
  'a:b/c',
  'a:b:c',
  'ä',
  'a b',
  'a:-b',
  `a:${'b'.repeat(128)}`,
  `a:${'b'.repeat(129)}`,
  `a/${'b'.repeat(240)}`,
  `a/${'b'.repeat(250)}`,
  `a/${'b'.repeat(253)}`,
  `a/${'b'.repeat(254)}`,
  `a.b/${'b'.repeat(255)}`,
  `a.b/${'b'.repeat(256)}`,
  'docker.io/a',
  'index.docker.io/a/b',
  'docker.io/library/a',
  'a.b:5/c/d:e',
  'a.b',
  'a.b.',
  '-a.b/c',
  'a-.b/c',
  'xn--a.b/c',
  'a:5000',
])('the engine agrees whether %j is an image name', async (text) => {
  expect(parseReference(text) !== undefined).toBe(await engineAccepts(text));
});

test('names are shown as the engine shows them', async () => {
  const base = await docker('image', 'inspect', '--format', '{{.Id}}', 'qs-test-debian:bookworm');
  const names = [
    'docker.io/library/qs-test-builder-ref:1',
    'index.docker.io/qs-test-builder-ref/x',
    'docker.io/qs-test-builder-ref/x:2',
    'localhost/qs-test-builder-ref',
    'localhost:5/qs-test-builder-ref/library/x:y',
    'qs-test-builder-ref.example/library/x',
  ];
  for (const name of names) {
    await docker('image', 'tag', base, name);
    onTestFinished(async () => {
      await docker('image', 'rm', name);
    });
  }
  const tags = (await docker('image', 'inspect', '--format', '{{range .RepoTags}}{{println .}}{{end}}', base)).split(
    '\n',
  );
  const shown = names.map((name) => {
    const reference = parseReference(name);
    return reference === undefined ? undefined : familiarReference(reference);
  });
  expect(tags).toEqual(including(shown));
});
