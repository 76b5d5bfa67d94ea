import { describe, expect, test } from 'vitest';
import { readyCommand } from './readiness.ts';

const command = (text: string) => readyCommand('api', { 'dev.quayside.readiness': text });

describe('the label that says how to ask for readiness', () => {
  test.each([
    ['wget -q http://127.0.0.1/ready', ['/bin/sh', '-c', 'wget -q http://127.0.0.1/ready']],
    ['["CMD", "node", "/ask.mjs"]', ['node', '/ask.mjs']],
    ['["CMD-SHELL", "curl -f localhost || exit 1"]', ['/bin/sh', '-c', 'curl -f localhost || exit 1']],
  ])('%s is read as a health command would be', (text, expected) => {
    expect(command(text)).toEqual(expected);
  });

  test.each(['', 'NONE', '["NONE"]'])('“%s” asks nothing', (text) => {
    expect(command(text)).toBeUndefined();
  });

  test.each(['["CMD"]', '["curl", "-f"]', '["CMD-SHELL", "a", "b"]', '[1, 2]', '["CMD", "a"'])(
    '%s is refused with the form that is meant',
    (text) => {
      expect(() => command(text)).toThrow(
        expect.objectContaining({ code: 'COMPOSE_INVALID', remedy: expect.stringContaining('["CMD", ') as unknown }),
      );
    },
  );
});
