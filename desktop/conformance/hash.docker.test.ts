import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareHashes, hashAreas, hashImage } from './hash.ts';
import { judge, unexpected } from './judge.ts';
import { mainReference } from './reference.ts';
import { within } from './versions.ts';

const reference = await mainReference();

/** The areas that this version of docker compose has. */
const known = hashAreas.filter((area) => within(reference.version, area));

test.for(known)('$name: hashes are those that docker compose writes', async (area) => {
  expect(unexpected(await judge(area, reference))).toEqual([]);
});

const word = fc.stringMatching(/^[a-z<>&é"\\ ]{1,8}$/);
const key = fc.stringMatching(/^[a-z0-9]{1,5}$/);
const size = fc.integer({ min: 8, max: 900 }).map((number) => `${number}m`);
const period = fc.integer({ min: 1, max: 9000 }).map((number) => `${number}s`);

const anyService = fc.record(
  {
    command: fc.array(word, { maxLength: 3 }),
    environment: fc.dictionary(
      key,
      fc.oneof(word, fc.integer(), fc.boolean(), fc.double({ noNaN: true, min: -1e9, max: 1e9 })),
    ),
    labels: fc.dictionary(key, word),
    mem_limit: size,
    cpus: fc.integer({ min: 1, max: 199 }).map((number) => number / 100),
    healthcheck: fc.record({ test: word, interval: period, retries: fc.integer({ min: 0, max: 9 }) }),
    stop_grace_period: period,
    init: fc.boolean(),
    tty: fc.boolean(),
    expose: fc.uniqueArray(fc.integer({ min: 1, max: 65_000 }), { maxLength: 3 }),
    tmpfs: fc.uniqueArray(
      key.map((name) => `/${name}`),
      { maxLength: 2 },
    ),
    volumes: fc.uniqueArray(
      key.map((name) => `./x:/${name}`),
      { maxLength: 2 },
    ),
    ulimits: fc.record({ nofile: fc.integer({ min: 1, max: 100 }) }),
    logging: fc.record({
      driver: fc.constant('json-file'),
      options: fc.record({ 'max-file': fc.integer({ min: 1, max: 9 }) }),
    }),
  },
  { requiredKeys: [] },
);

/** A dozen projects are created and removed by another program. */
const timeout = 5 * 60_000;

test('the hash of made-up services is the one of docker compose', { timeout }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyService, { minLength: 1, maxLength: 3 }), async (services) => {
      const bodies = services.map(
        (service, index) => [`s${index}`, { image: hashImage, entrypoint: ['sh'], ...service }] as const,
      );
      const text = JSON.stringify({ services: Object.fromEntries(bodies) }).replaceAll('$', '$$$$');
      const project = `qs-test-hash-${randomBytes(4).toString('hex')}`;
      const verdicts = await compareHashes({ name: 'made up', files: { 'compose.yml': text }, project }, reference);
      expect([...verdicts.values()].filter((verdict) => verdict !== undefined)).toEqual([]);
    }),
    { numRuns: 12 },
  );
});
