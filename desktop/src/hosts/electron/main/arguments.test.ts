import { expect, test } from 'vitest';
import { directoryFrom } from './arguments.ts';

test.each([
  [[], undefined],
  [['.', '--no-sandbox'], undefined],
  [['.', '-C', 'shop'], '/srv/shop'],
  [['--remote-debugging-port=0', '.', '-C', '/abs', '--enable-logging'], '/abs'],
  [['--directory=shop'], '/srv/shop'],
  [['-C'], undefined],
])('%j', (args, expected) => {
  expect(directoryFrom(args, '/srv')).toBe(expected);
});
