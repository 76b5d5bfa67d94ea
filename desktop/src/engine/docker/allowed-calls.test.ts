import fc from 'fast-check';
import { expect, test } from 'vitest';
import { allowedCall, allowedCalls, onlyAllowed } from './allowed-calls.ts';
import type { TransportResponse } from './transport.ts';

test.each([
  ['GET', '/containers/json', 'GET /containers/json'],
  ['GET', '/containers/0123abcd/json', 'GET /containers/*/json'],
  ['GET', '/images/ghcr.io/shop/api@sha256:aa/json', 'GET /images/**/json'],
  ['DELETE', '/images/quayside.local/shop/api:keep-1', 'DELETE /images/**'],
  ['DELETE', '/networks/shop_default', 'DELETE /networks/*'],
])('%s %s is %s', (method, path, call) => {
  expect(allowedCall(method, path)).toBe(call);
});

test.each([
  ['POST', '/plugins/pull'],
  ['POST', '/swarm/init'],
  ['POST', '/commit'],
  ['GET', '/containers/x/export'],
  ['GET', '/containers/x/archive'],
  ['POST', '/containers/x/update'],
  ['POST', '/containers/prune'],
  ['POST', '/volumes/prune'],
  ['POST', '/images/load'],
  ['PUT', '/containers/x/y/archive'],
  ['DELETE', '/containers/x/y'],
  ['get', '/info'],
  ['GET', '/info/'],
  ['GET', '//info'],
])('%s %s is not asked for', (method, path) => {
  expect(allowedCall(method, path)).toBeUndefined();
});

test('what is not on the list is not sent', async () => {
  const sent: string[] = [];
  const answer = { status: 200 } as TransportResponse;
  const transport = onlyAllowed({
    request: ({ method, path }) => {
      sent.push(`${method} ${path}`);
      return Promise.resolve(answer);
    },
    upgrade: ({ path }) => Promise.reject(new Error(path)),
  });
  expect(await transport.request({ method: 'GET', path: '/info' })).toBe(answer);
  await expect(transport.request({ method: 'POST', path: '/commit' })).rejects.toMatchObject({ code: 'INTERNAL' });
  const upgrade = { path: '/grpc', protocol: 'h2c', headers: {}, deadlineMs: 1 };
  await expect(transport.upgrade(upgrade)).rejects.toMatchObject({ code: 'INTERNAL' });
  await expect(transport.upgrade({ ...upgrade, path: '/session' })).rejects.toThrow('/session');
  expect(sent).toEqual(['GET /info']);
});

test('no id or name makes one call into another', () => {
  fc.assert(
    fc.property(fc.constantFrom(...allowedCalls), fc.string(), (call, text) => {
      const [method = '', path = ''] = call.split(' ');
      const filled = path
        .replaceAll('**', `x${encodeURIComponent(text)}`)
        .replaceAll('*', `x${encodeURIComponent(text)}`);
      expect(allowedCall(method, filled)).toBe(call);
    }),
  );
});
