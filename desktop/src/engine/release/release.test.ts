import { describe, expect, test } from 'vitest';
import { QuaysideError } from '#contract/index.ts';
import { label } from '#engine/stack/index.ts';
import { container, observed, service } from '#testing/stack-fixture.ts';
import { chooseTarget, currentOf, originOf } from './history.ts';
import { keptName } from './images.ts';
import { provenanceOf, schemaRange } from './provenance.ts';
import type { ReleaseRecord, Story } from './records/entries.ts';
import { openStory } from './recover.ts';
import { verify } from './verify.ts';

function record(id: string, more: Partial<ReleaseRecord> = {}): ReleaseRecord {
  return {
    schema: 1,
    id,
    project: 'p',
    environment: 'production',
    version: `v${id}`,
    cause: 'deploy',
    startedAt: '2026-01-01T00:00:00.000Z',
    actor: 'a',
    host: 'h',
    images: [{ service: 'web', image: 'web:1', imageId: 'sha256:web:1' }],
    provenance: {},
    hashes: {},
    composeVersion: '5.0.0',
    model: '',
    plan: [],
    ran: [],
    pointed: {},
    ...more,
  };
}

function story(of: ReleaseRecord, outcome: 'done' | 'restored' | undefined): Story {
  const end = { type: 'end', id: of.id, at: '', summary: '' } as const;
  return { record: of, dropped: false, ...(outcome === undefined ? {} : { end: { ...end, outcome } }) };
}

describe('the release to go back to', () => {
  const one = story(record('1'), 'done');
  const two = story(record('2'), 'done');
  const broken = story(record('3'), 'restored');

  test('is the good one before what runs', () => {
    expect(chooseTarget([one, two, broken], undefined).id).toBe('1');
  });

  test('after a rollback is the one before that', () => {
    const three = story(record('4'), 'done');
    const back = story(record('5', { cause: 'rollback', target: '2' }), 'done');
    const all = [one, two, three, back];
    expect(currentOf(all)?.id).toBe('5');
    expect(originOf(all, back.record).id).toBe('2');
    expect(chooseTarget(all, undefined).id).toBe('1');
  });

  test('can be named by version or id, that of a rollback too', () => {
    const back = story(record('5', { cause: 'rollback', target: '1' }), 'done');
    expect(chooseTarget([one, two, back], 'v2').id).toBe('2');
    expect(chooseTarget([one, two, back], '5').id).toBe('1');
  });

  test.each([
    [[one], undefined],
    [[one, broken], 'v3'],
    [[], undefined],
    [[one, two], 'none'],
  ])('is refused where there is none (%#)', (stories, wanted) => {
    expect(() => chooseTarget(stories, wanted)).toThrow(QuaysideError);
  });
});

test('a release is open from its beginning to its end', () => {
  expect(openStory([story(record('1'), 'done'), story(record('2'), undefined)])?.record.id).toBe('2');
  expect(openStory([story(record('1'), 'done')])).toBeUndefined();
});

describe('the proof', () => {
  const web = service('web', { healthcheck: { test: ['CMD', 'true'] } });
  const running = container(web);
  const hash = running.labels[label.configHash] ?? '';
  const good = record('1', { hashes: { web: hash } });
  const reasons = (...containers: (typeof running)[]) =>
    verify(good, observed(containers, []), '2026-01-01T10:30:00.000Z').services.flatMap(({ reason }) => reason ?? []);

  test('says where one is, and since when it is known', () => {
    const proof = verify(good, observed([running], []), '2026-01-01T10:30:00.000Z');
    expect(proof).toMatchObject({
      ok: true,
      sentence: expect.stringContaining('You are on v1, verified 2026-01-01T10:30:00.000Z: 1 of 1') as unknown,
    });
  });

  test.each([
    ['does not run', { running: false, state: 'exited', exitCode: 1 }],
    ['runs another image', { imageId: 'sha256:other' }],
    ['another configuration', { labels: { ...running.labels, [label.configHash]: 'other' } }],
    ['is unhealthy', { health: 'unhealthy' as const }],
  ])('says when it %s', (words, more) => {
    expect(reasons({ ...running, ...more })).toEqual([expect.stringContaining(words)]);
  });

  test('says when a service runs that the release lacks', () => {
    expect(reasons(running, container(service('other')))).toEqual([expect.stringContaining('does not have it')]);
  });
});

test('labels tell where an image comes from, and which data it can read', () => {
  const labels = {
    'org.opencontainers.image.revision': 'abc',
    'org.opencontainers.image.version': '',
    'dev.quayside.ci.run': 'https://ci.invalid/1',
    'dev.quayside.schema': '3..5',
  };
  expect(provenanceOf(labels, '2026-01-01')).toEqual({
    revision: 'abc',
    run: 'https://ci.invalid/1',
    created: '2026-01-01',
  });
  expect(schemaRange(labels)).toEqual({ min: 3, max: 5 });
  expect(schemaRange({ 'dev.quayside.schema': '7' })).toEqual({ min: 7, max: 7 });
  expect(schemaRange({ 'dev.quayside.schema': 'x' })).toBeUndefined();
});

test.each([
  ['shop-prod', 'api', 'quayside.local/shop-prod/api:1'],
  ['a__b_', 'My.Service', 'quayside.local/a-b/my-service:1'],
])('the image of %s/%s is kept as %s', (project, name, expected) => {
  expect(keptName(project, name, '1')).toBe(expected);
});
