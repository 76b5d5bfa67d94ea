import { expect, test } from 'vitest';
import { judge, unexpected } from './judge.ts';
import { payloadAreas } from './payload/payload.ts';
import { mainReference } from './reference.ts';
import { atLeast } from './versions.ts';

const reference = await mainReference();
/** Some hundred containers are created and removed. */
const timeout = 10 * 60_000;

const known = payloadAreas.filter(({ since }) => since === undefined || atLeast(reference.version, since));

test.for(known)('$name: what is created is what docker compose creates', { timeout }, async (area) => {
  expect(unexpected(await judge(area, reference))).toEqual([]);
});
