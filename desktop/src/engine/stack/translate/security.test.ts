import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { service } from '#testing/stack-fixture.ts';
import { seccompFile, security } from './security.ts';

const of = (options: readonly string[], profiles = new Map<string, string>()) =>
  security(service('a', { security_opt: options }), '/srv/p', profiles);

describe('security options', () => {
  test.each([
    ['seccomp=profile.json', '/srv/p/profile.json'],
    ['seccomp:./sub/p.json', '/srv/p/sub/p.json'],
    ['seccomp=/etc/p.json', '/etc/p.json'],
    ['seccomp=~/p.json', join(homedir(), 'p.json')],
    ['seccomp=unconfined', undefined],
    ['seccomp:builtin', undefined],
    ['apparmor=unconfined', undefined],
  ])('%s names the profile %s', (option, file) => {
    expect(seccompFile(option, '/srv/p')).toBe(file);
  });

  test('a profile is sent by content, every other option as it stands', () => {
    const profiles = new Map([['/srv/p/p.json', '{"x":1}']]);
    expect(of(['seccomp:p.json', 'no-new-privileges', 'label:disable'], profiles)).toEqual({
      SecurityOpt: ['seccomp={"x":1}', 'no-new-privileges', 'label:disable'],
    });
  });

  test('systempaths=unconfined empties the lists of hidden paths', () => {
    expect(of(['systempaths=unconfined'])).toEqual({ SecurityOpt: [], MaskedPaths: [], ReadonlyPaths: [] });
  });

  test('a word that is no option is refused', () => {
    expect(() => of(['unconfined'])).toThrow(/services\.a\.security_opt: "unconfined" is no option/);
  });
});
