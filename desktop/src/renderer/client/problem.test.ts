import { expect, test } from 'vitest';
import { problemOf } from './problem.ts';

test('a problem that the core sent is taken as it is', () => {
  const sent = { code: 'PORT_IN_USE', message: 'Port 8000 is taken.', remedy: 'Free it.', details: { port: 8000 } };
  expect(problemOf(Object.assign(new Error('x'), { code: 'PORT_IN_USE', status: 422, data: sent }))).toEqual(sent);
});

test('whatever else was thrown becomes INTERNAL with its message', () => {
  expect(problemOf(new Error('no'))).toEqual({ code: 'INTERNAL', message: 'no' });
  expect(
    problemOf(Object.assign(new Error('bad'), { code: 'BAD_REQUEST', status: 400, data: { issues: [] } })),
  ).toEqual({ code: 'INTERNAL', message: 'bad' });
  expect(problemOf('text')).toEqual({ code: 'INTERNAL', message: 'text' });
});
