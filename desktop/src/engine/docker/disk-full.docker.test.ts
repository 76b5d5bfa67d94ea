import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { pushImage } from '#testing/registry/push-image.ts';
import { canHaveSmallEngine, type SmallEngine, startSmallEngine } from '#testing/small-engine.ts';
import { folderWith } from './build/fixtures/folder.ts';
import { containing, sentence } from './build/fixtures/like.ts';
import { provided } from './build/fixtures/real-engine.ts';
import { requestFor } from './build/fixtures/request.ts';
import { connect } from './connect.ts';
import { collect } from './fixtures/collect.ts';

// Filling the disk of the engine that all tests share would fail the others.
describe.skipIf(!canHaveSmallEngine())('an engine whose disk is full (needs root and dockerd)', () => {
  let engine: SmallEngine;
  beforeAll(async () => {
    engine = await startSmallEngine(40);
    await engine.fill(2_000_000);
  });
  afterAll(() => engine.dispose());

  function gateway(env: Readonly<Record<string, string>> = {}) {
    const made = connect({ url: engine.url, source: 'test' }, { env: { ...process.env, ...env } });
    onTestFinished(() => {
      made.dispose();
    });
    return made;
  }

  const full = { code: 'DISK_FULL', message: containing('disk of the engine is full'), remedy: sentence };

  test('says so for a pull', async () => {
    const image = `${provided('REGISTRY')}/qs-test-se-full:1`;
    await pushImage(image);
    const pulled = collect(gateway().images.pull(image, {}));
    await expect(pulled).rejects.toMatchObject({ ...full, details: { image } });
  });

  test.each([
    ['BuildKit', '1'],
    ['the classic builder', '0'],
  ])('says so for a build with %s', async (_name, builder) => {
    const context = await folderWith({ Dockerfile: 'FROM scratch\nCOPY large /\n', large: 'x'.repeat(6_000_000) });
    const built = collect(gateway({ DOCKER_BUILDKIT: builder }).images.build(requestFor(context)));
    await expect(built).rejects.toMatchObject(full);
  });
});
