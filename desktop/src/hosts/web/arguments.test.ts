import { expect, test } from 'vitest';
import { parseWebArguments } from './arguments.ts';
import { browserCommand } from './open-browser.ts';

test('defaults: this folder, any free port, no browser', () => {
  expect(parseWebArguments([], '/srv/shop')).toEqual({ directory: '/srv/shop', port: 0, open: false });
});

test('everything given', () => {
  const args = ['-C', '../other', '--port', '4870', '--open', '--bind', 'localhost'];
  expect(parseWebArguments(args, '/srv/shop')).toEqual({
    directory: '/srv/other',
    port: 4870,
    open: true,
    bind: 'localhost',
  });
  expect(parseWebArguments(['--open', '--no-open'], '/').open).toBe(false);
});

test('files are named from the folder one is in', () => {
  const args = [
    '--bind',
    '0.0.0.0',
    '--tls-cert',
    'c.pem',
    '--tls-key',
    '/k.pem',
    '--users',
    'u.json',
    '--oidc',
    'o.json',
    '--socket',
    's',
  ];
  expect(parseWebArguments(args, '/srv')).toMatchObject({
    bind: '0.0.0.0',
    tlsCert: '/srv/c.pem',
    tlsKey: '/k.pem',
    users: '/srv/u.json',
    oidc: '/srv/o.json',
    socket: '/srv/s',
  });
});

test.each([
  [['--port', '65536']],
  [['--port', '-1']],
  [['--port', '80a']],
  [['--port', '']],
  [['--unknown']],
  [['extra']],
])('%j is wrong usage with a remedy', (args) => {
  expect(() => parseWebArguments(args, '/')).toThrow(
    expect.objectContaining({ code: 'USAGE', remedy: expect.any(String) as string }) as Error,
  );
});

test('a browser is only started where there is a screen', () => {
  expect(browserCommand('u', 'linux', {})).toBeUndefined();
  expect(browserCommand('u', 'linux', { DISPLAY: ':0' })).toEqual(['xdg-open', 'u']);
  expect(browserCommand('u', 'darwin', {})).toEqual(['open', 'u']);
});
