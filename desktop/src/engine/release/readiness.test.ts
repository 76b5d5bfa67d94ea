import { expect, test } from 'vitest';
import type { DockerGateway } from '#engine/docker/index.ts';
import { model, service } from '#testing/stack-fixture.ts';
import { readinessOf } from './readiness.ts';
import type { Story } from './records/entries.ts';
import { encodeModel } from './records/model-codec.ts';
import type { ReleaseDeps } from './types.ts';

const digest = `sha256:${'a'.repeat(64)}`;
const story = {
  record: { images: [{ service: 'web', image: 'r.invalid/web:1', imageId: 'sha256:1', digest }], model: 'sealed' },
  end: { outcome: 'done' },
  dropped: false,
} as unknown as Story;

/** An engine that has no image. */
const deps = {
  gateway: { images: { find: () => Promise.resolve(undefined) } } as unknown as DockerGateway,
  seal: { open: () => Promise.resolve(encodeModel(model([service('web')]))) },
} as unknown as ReleaseDeps;

test.each([
  ['red', 50e6, 'there is no room for them: 50 MB are free'],
  ['amber', 200e6, 'there may be too little room for them: 200 MB are free'],
  ['amber', 300e6, undefined],
  ['amber', undefined, 'how much room the engine has for them cannot be seen from here'],
])('%s where %s bytes are free for 100 MB', async (light, free, reason) => {
  const around = { room: () => Promise.resolve(free), pullable: { size: () => Promise.resolve(100e6) } };
  const found = await readinessOf(deps, story, around);
  const reasons = light === 'red' ? [reason] : ['the image of web has to be pulled from the registry (100 MB)', reason];
  expect(found).toEqual({ light, reasons: reasons.filter((one) => one !== undefined) });
});
