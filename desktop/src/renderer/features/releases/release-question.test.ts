import { expect, test } from 'vitest';
import { history } from '#testing/panel-dev/release-data.ts';
import { speak } from '#words/index.ts';
import { askedQuestion } from './release-question.ts';

await speak('en');

test('the address asks for a version, or for a release that can be gone back to', () => {
  const releases = history();
  expect(askedQuestion({}, releases, 'Production')).toBeUndefined();
  expect(askedQuestion({ deploy: '1.5.0' }, undefined, 'Production')).toMatchObject({
    title: 'Deploy 1.5.0 to Production?',
    action: { verb: 'deploy', version: '1.5.0' },
  });
  const past = releases.find(({ version }) => version === '1.4.1');
  expect(askedQuestion({ rollback: past?.id }, releases, 'Production')).toMatchObject({
    title: 'Roll Production back to 1.4.1?',
    action: { verb: 'rollback', release: past?.id },
  });
  expect(askedQuestion({ rollback: past?.id }, undefined, 'Production')).toBeUndefined();
  expect(askedQuestion({ rollback: 'gone' }, releases, 'Production')).toBeUndefined();
  const current = releases.find((one) => one.current);
  expect(askedQuestion({ rollback: current?.id }, releases, 'Production')).toBeUndefined();
});
