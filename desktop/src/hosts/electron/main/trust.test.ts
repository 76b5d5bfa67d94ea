import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isAllowedExternal, isAllowedPermission, isTrustedSender, type Sender } from './trust.ts';

const page: Sender = { url: 'app://quayside/', isMainFrame: true, isKnownWindow: true, ports: 1 };

test('the page may connect, on any of its own addresses', () => {
  expect(isTrustedSender(page)).toBe(true);
  expect(isTrustedSender({ ...page, url: 'app://quayside/logs?x#y' })).toBe(true);
});

test.each<[string, Partial<Sender>]>([
  ['a frame that is gone', { url: undefined }],
  ['a frame inside the page', { isMainFrame: false }],
  ['an unknown window', { isKnownWindow: false }],
  ['no port', { ports: 0 }],
  ['two ports', { ports: 2 }],
  ['another name', { url: 'app://other/' }],
  ['a longer name', { url: 'app://quayside.evil/' }],
  ['a user name', { url: 'app://quayside@evil/' }],
  ['a port', { url: 'app://quayside:1/' }],
  ['another scheme', { url: 'https://quayside/' }],
  ['a file', { url: 'file:///app://quayside/' }],
  ['a blob', { url: 'blob:app://quayside/1' }],
  ['nothing', { url: '' }],
])('%s may not', (_name, change) => {
  expect(isTrustedSender({ ...page, ...change })).toBe(false);
});

test.each([
  'https://docs.docker.com/compose/',
  'https://github.com/docker/compose',
  'http://localhost:8501/',
  'http://127.0.0.1:8000/health',
])('%s opens in the browser', (link) => {
  expect(isAllowedExternal(link)).toBe(true);
});

test.each([
  'http://docs.docker.com/',
  'https://docs.docker.com.evil.example/',
  'https://evil.example/?https://docs.docker.com/',
  'https://docs.docker.com@evil.example/',
  'https://user@docs.docker.com/',
  'https://docs.docker.com:8443/',
  'http://localhost/',
  'http://localhost.evil.example:80/',
  'http://192.168.1.2:80/',
  'http://[::1]:80/',
  'https://localhost:1/',
  'file:///etc/passwd',
  'smb://host/share',
  'ms-msdt:/id',
  'javascript:alert(1)',
  'data:text/html,x',
  'app://quayside/',
  '//docs.docker.com/',
  '',
])('%j does not', (link) => {
  expect(isAllowedExternal(link)).toBe(false);
});

test('whatever opens is https to a known site or http to a port of this machine', () => {
  fc.assert(
    fc.property(fc.oneof(fc.webUrl(), fc.string()), (link) => {
      expect(isAllowedExternal(link)).toBe(
        /^(https:\/\/(docs\.docker|github)\.com(\/|\?|#|$)|http:\/\/(localhost|127\.0\.0\.1):\d)/i.test(link),
      );
    }),
  );
});

test('a page may write to the clipboard and nothing else', () => {
  const asked = [
    'clipboard-sanitized-write',
    'clipboard-read',
    'media',
    'geolocation',
    'usb',
    'openExternal',
    'fullscreen',
  ];
  expect(asked.filter(isAllowedPermission)).toEqual(['clipboard-sanitized-write']);
});
