import { expect, test } from 'vitest';
import { history, proof, release } from '#testing/panel-dev/release-data.ts';
import { clock } from '#ui/format.ts';
import { speak } from '#words/index.ts';
import { headOf, type Standing } from './head-words.ts';
import { historyOf, originFacts, rowLook, rowNote, runLink, subjectOf } from './release-words.ts';

await speak('en');

const releases = history();
const [current] = releases;
if (current === undefined) throw new Error('no release');
const standing = (more: Partial<Standing>): Standing => ({
  releases,
  verification: undefined,
  verifyProblem: undefined,
  ...more,
});

test('the head says which release runs, when it was proved, and how many can be gone back to', () => {
  const verification = proof(current);
  expect(headOf(standing({ verification }))).toMatchObject({
    look: { word: 'Verified' },
    sentence: `You are on 1.4.2, verified ${clock(verification.at)}: 2 of 2 services run the recorded images, healthy. Ready to go back to 2 releases, to 1 of them also offline.`,
  });
});

test('drift is told with its reason, and never as verified', () => {
  const head = headOf(standing({ verification: proof(current, 'backend does not run') }));
  expect(head.look?.word).toBe('Differs');
  expect(head.sentence).toContain('backend does not run');
  expect(head.sentence).not.toContain('You are on');
});

test('what cannot be read back is not called verified, whatever was read before', () => {
  const problem = { code: 'ENGINE_DOWN' as const, message: 'No engine answers.' };
  const head = headOf(standing({ verification: proof(current), verifyProblem: problem }));
  expect(head.look?.word).toBe('Not verified');
  expect(head.sentence).toContain('No engine answers.');
});

test('a proof of another release is none of this one', () => {
  expect(headOf(standing({ verification: proof(release('1.4.1', 50)) })).sentence).toBe(
    'Release 1.4.2 should run; reading back what does…',
  );
});

test('nothing deployed, nothing read', () => {
  expect(headOf(standing({ releases: [] })).sentence).toBe('Nothing has been deployed here yet.');
  expect(headOf(standing({ releases: undefined })).look).toBeUndefined();
});

test('a row says its light in a word, and why it is not green', () => {
  const ready = { release: release('1', 9), use: 'rollback' as const };
  expect([rowLook(ready).word, rowNote(ready)]).toEqual(['Ready', 'Works at once, also without the registry']);
  const amber = release('1', 9, { readiness: { light: 'amber', reasons: ['the image of a has to be pulled', 'b'] } });
  expect([rowLook({ ...ready, release: amber }).word, rowNote({ ...ready, release: amber })]).toEqual([
    'Needs a look',
    'The image of a has to be pulled; b',
  ]);
  const unknown = release('1', 9);
  delete unknown.readiness;
  expect(rowLook({ ...ready, release: unknown }).word).toBe('Cannot be used');
  const undone = { release: release('1', 9, { outcome: 'restored', summary: 'It failed.' }), use: 'none' as const };
  expect([rowLook(undone).word, rowNote(undone)]).toEqual(['Failed, undone', 'It failed.']);
});

test('what differs from its record is not said to run', () => {
  const row = { release: current, use: 'current' as const };
  expect([rowLook(row).word, rowLook(row, true).word]).toEqual(['Runs now', 'Should run']);
});

test('who did what, when, from where', () => {
  const now = Date.now();
  const told = (more: Parameters<typeof release>[2]) => historyOf(release('1', 7300, more), now);
  expect(told({})).toMatch(/^Deployed 2 hours ago \(.+\) by mina on ops-laptop$/);
  expect(told({ cause: 'rollback' })).toMatch(/^Rolled back to 2 hours ago/);
  expect(told({ cause: 'rollback', outcome: 'failed' })).toMatch(/^Rollback tried/);
  expect(told({ cause: 'first' })).toMatch(/^Ran before the first deployment; recorded 2 hours ago/);
});

test('labels of images are anybody’s text: only web addresses become links, what is missing is left out', () => {
  expect(runLink({ run: 'https://ci.example/runs/1' })).toBe('https://ci.example/runs/1');
  expect(
    ['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', 'no address', ''].map((run) => runLink({ run })),
  ).toEqual(Array.from({ length: 5 }, () => undefined));
  expect(runLink({})).toBeUndefined();
  expect(originFacts({ author: 'Ana' }, 0)).toEqual(['Ana']);
  expect(subjectOf({})).toBe('The images name no commit');
});
