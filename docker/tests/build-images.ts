import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { bake } from './support/bake.ts';
import { docker } from './support/command.ts';
import { type BuiltImages, imageOf, services } from './support/images.ts';
import { addStrayFiles, copyProject } from './support/project.ts';

/** Builds both images once, from a folder with secrets lying about; removes them when all tests are done. */
export async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const id = randomBytes(4).toString('hex');
  const canary = `canary-${randomBytes(16).toString('hex')}`;
  const images: BuiltImages = {
    registry: `qs-test-${id}`,
    version: '7.8.9-test',
    revision: randomBytes(20).toString('hex'),
    created: new Date().toISOString(),
    source: 'https://shop.example/source',
    canary,
  };
  const { directory, remove } = await copyProject();
  try {
    await addStrayFiles(directory, canary);
    const npmrc = join(directory, 'login.npmrc');
    await writeFile(npmrc, `//npm.shop.example/:_authToken=${canary}\n`);
    const { registry, version, revision, created, source } = images;
    const env = { REGISTRY: registry, VERSION: version, REVISION: revision, CREATED: created, SOURCE: source };
    const secrets = ['--set', `*.secrets=id=npmrc,src=${npmrc}`, '--set', `*.args.NPM_TOKEN=${canary}`];
    await twiceForNetwork(() => bake(directory, env, ...secrets));
  } catch (error) {
    // One of the two may have been built.
    for (const service of services) await docker(['image', 'rm', imageOf(service, images)]).catch(() => undefined);
    throw error;
  } finally {
    await remove();
  }
  provide('images', images);
  return async () => {
    await docker(['image', 'rm', ...services.map((service) => imageOf(service, images))]);
  };
}

/** A package registry that fails for a moment says nothing about the images: what npm could not download is asked for once more. */
async function twiceForNetwork(build: () => Promise<unknown>): Promise<void> {
  try {
    await build();
  } catch (error) {
    if (!/npm error code (ECONNRESET|ETIMEDOUT|EAI_AGAIN|ENOTFOUND|ERR_SOCKET_TIMEOUT)/.test(String(error)))
      throw error;
    console.warn('The package registry could not be reached; the images are built once more.');
    await build();
  }
}
