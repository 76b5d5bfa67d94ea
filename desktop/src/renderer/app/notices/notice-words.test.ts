import { expect, test } from 'vitest';
import { speak } from '#words/index.ts';
import { noticeLine } from './notice-words.ts';

await speak('en');

const told = { id: 1, at: 0, environment: 'production', read: false } as const;
const deploy = { verb: 'deploy', services: [], target: '1.4.3' } as const;

test('one service by its name, several by their number', () => {
  const one = { ...told, kind: 'unhealthy', services: ['api'], flaps: false } as const;
  expect(noticeLine(one, 'Production')).toMatchObject({ title: 'api is unhealthy', note: 'Production', tone: 'bad' });
  const two = noticeLine({ ...one, services: ['api', 'web'] }, 'Production');
  expect(two).toMatchObject({ title: '2 services are unhealthy', note: 'Production: api, web', page: '/health' });
  expect(noticeLine({ ...one, flaps: true }, 'Production').title).toBe('api keeps turning unhealthy and well again');
  expect(noticeLine({ ...one, kind: 'recovered' }, 'Production').title).toBe('api is well again');
  const crash = noticeLine({ ...one, kind: 'crashing' }, 'Production');
  expect(crash).toMatchObject({ title: 'api crashes again and again', page: '/logs', services: ['api'] });
});

test('an operation with its outcome, and by whom where that was not here', () => {
  const end = { ...told, kind: 'ended', action: deploy, outcome: 'restored' } as const;
  expect(noticeLine(end, 'Production')).toMatchObject({
    title: 'Deployment of 1.4.3 failed, and what ran before runs again',
    note: 'Production',
    page: '/releases',
  });
  const stopped = { ...end, action: { verb: 'stop', services: ['api'] }, outcome: 'done', actor: 'ci@runner' } as const;
  expect(noticeLine(stopped, 'Development')).toMatchObject({
    title: 'Stop of api is done',
    note: 'Development, by ci@runner',
    page: '/stack',
  });
  expect(noticeLine({ ...told, kind: 'locked', action: deploy, actor: 'ci@runner' }, 'Production')).toMatchObject({
    title: 'ci@runner changes Production',
    note: 'Deploying 1.4.3; nobody else can until that ends.',
  });
});
