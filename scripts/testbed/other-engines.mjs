import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { refuseUnlessInstallable } from '../lib/apt.mjs';
import { askJson } from '../lib/ask.mjs';
import { withLock } from '../lib/lock.mjs';
import { must } from '../lib/run.mjs';
import { step } from '../lib/say.mjs';
import { images } from './base-image.mjs';
import { engineAnswers, startEngine, stopEngine } from './daemons.mjs';
import { layout } from './layout.mjs';
import { ensureNetwork } from './network.mjs';
import { fetchPackages } from './packages.mjs';
import { chooseSettings, readSettings } from './settings.mjs';

/** Engines beside the testbed's own, from other suites of Debian: one speaks the oldest API that Quayside knows, one the newest. */
const suites = { older: 'bookworm', newer: 'sid' };
export const otherEngines = Object.keys(suites);

const packages = ['docker.io', 'containerd'];
const programs = {
  containerd: 'usr/bin/containerd',
  'containerd-shim-runc-v2': 'usr/bin/containerd-shim-runc-v2',
  dockerd: 'usr/sbin/dockerd',
  'docker-proxy': 'usr/sbin/docker-proxy',
};

/** Another engine is a small testbed within the testbed's folder: no registry, no command line of its own. */
export const placeOf = (testbed, name) => layout({ QUAYSIDE_TESTBED: join(testbed.dir, name) });

async function providePrograms(testbed, place, name) {
  if (existsSync(place.root)) return undefined;
  rmSync(place.debs, { recursive: true, force: true });
  mkdirSync(place.debs, { recursive: true });
  mkdirSync(place.bin, { recursive: true });
  await fetchPackages({ apt: place.apt, debs: place.debs, suite: suites[name], names: packages });
  const partial = `${place.root}.partial`;
  rmSync(partial, { recursive: true, force: true });
  for (const file of readdirSync(place.debs)) await must('dpkg', ['-x', join(place.debs, file), partial]);
  const links = { ...programs, 'docker-init': join(testbed.bin, 'docker-init') };
  for (const [program, path] of Object.entries(links)) {
    rmSync(join(place.bin, program), { force: true });
    symlinkSync(path.startsWith('/') ? path : join(place.root, path), join(place.bin, program));
  }
  await must(join(partial, programs.dockerd), ['--version'], {
    remedy: 'It may need a newer libc than this machine has.',
  });
  renameSync(partial, place.root);
  for (const folder of [place.debs, place.apt]) rmSync(folder, { recursive: true });
  return 'fetched';
}

/** The bare system under the names of both base images: nothing is built on these engines. */
async function provideImages(testbed, place) {
  if (await askJson(place.endpoint, `/images/${images.node}/json`)) return undefined;
  const docker = (...args) =>
    must(join(testbed.bin, 'docker'), args, {
      env: { ...process.env, DOCKER_HOST: place.endpoint, DOCKER_CONFIG: testbed.config },
    });
  await docker('import', join(testbed.base, 'system.tar'), images.system);
  await docker('tag', images.system, images.node);
  return 'imported';
}

/** Starts another engine beside the testbed, which has to be up; returns its address. */
export async function upOther(testbed, name) {
  refuseUnlessInstallable('Another engine');
  const place = placeOf(testbed, name);
  mkdirSync(place.dir, { recursive: true });
  await withLock(place.lock, async () => {
    if (await engineAnswers(place)) return;
    await stopEngine(place, readSettings(place));
    await step(`${name} engine, programs`, () => providePrograms(testbed, place, name), { quiet: true });
    const settings = await chooseSettings(place, {});
    await ensureNetwork(place, settings);
    try {
      await step(`${name} engine`, () => startEngine(place, settings));
      await step(`${name} engine, image`, () => provideImages(testbed, place), { quiet: true });
    } catch (error) {
      await stopEngine(place, settings);
      throw error;
    }
  });
  return place.endpoint;
}
