import { expect, test } from 'vitest';
import { isForbidden } from './risk-policy.ts';

const file = 'quayside.yml';
const socket = { kind: 'host-files' as const, id: 'services.web.volumes.source=/var/run/docker.sock' };
const privileged = { kind: 'host-power' as const, id: 'services.web.privileged=true' };

test('a kind, an id, and the begin of an id can be denied', () => {
  for (const pattern of ['host-files', socket.id, 'services.web.volumes*', '*']) {
    expect(isForbidden({ deny: [pattern], file }, socket), pattern).toBe(true);
  }
  for (const pattern of ['host-power', 'services.web.volumes', 'services.web.volumes.source=/var', 'host*', '']) {
    expect(isForbidden({ deny: [pattern], file }, socket), pattern).toBe(false);
  }
});

test('where a policy says what alone may be, the rest may not; what is denied may not either', () => {
  expect(isForbidden({ deny: [], only: ['host-files'], file }, socket)).toBe(false);
  expect(isForbidden({ deny: [], only: ['host-files'], file }, privileged)).toBe(true);
  expect(isForbidden({ deny: [], only: [], file }, socket)).toBe(true);
  expect(isForbidden({ deny: [socket.id], only: ['host-files'], file }, socket)).toBe(true);
});
