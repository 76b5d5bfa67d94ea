import { mkdirSync } from 'node:fs';
import { refuseUnlessInstallable } from '../lib/apt.mjs';
import { withLock } from '../lib/lock.mjs';
import { step } from '../lib/say.mjs';
import { baseImagePresent, makeBaseImage, provideSystem } from './base-image.mjs';
import { stopDaemon } from './daemon.mjs';
import { engineAnswers, registryAnswers, startEngine, startRegistry, stopEngine } from './daemons.mjs';
import { ensureNetwork } from './network.mjs';
import { providePackages } from './packages.mjs';
import { chooseSettings, readSettings } from './settings.mjs';

/** Whether engine, registry and base image are all there; asks them at once, takes milliseconds. */
export async function isUp(place) {
  const parts = [engineAnswers(place), registryAnswers(place, readSettings(place)), baseImagePresent(place)];
  return (await Promise.all(parts)).every(Boolean);
}

async function startAll(place, running) {
  await step('testbed packages', async () => ((await providePackages(place)) ? 'fetched' : undefined), { quiet: true });
  // Takes long the first time and needs no engine, so it runs beside the engine's start.
  const system = provideSystem(place);
  system.catch(() => {});
  const settings = await chooseSettings(place, running);
  await ensureNetwork(place, settings);
  if (!running.engine) await step('testbed engine', () => startEngine(place, settings));
  if (!running.registry) await step('testbed registry', () => startRegistry(place, settings));
  await system;
  if (!(await baseImagePresent(place))) await step('testbed base image', () => makeBaseImage(place));
}

async function stopAllBut(place, running) {
  if (!running.registry) await stopDaemon(place, 'docker-registry');
  if (!running.engine) await stopEngine(place, readSettings(place));
}

async function bringUp(place) {
  const running = { engine: await engineAnswers(place), registry: await registryAnswers(place, readSettings(place)) };
  // What is left of a crash would count as in use when addresses and port are chosen.
  await stopAllBut(place, running);
  try {
    await startAll(place, running);
  } catch (error) {
    await stopAllBut(place, running);
    throw error;
  }
}

/** Brings the whole testbed up; returns whether it had to do anything. When it fails, it leaves nothing running that it started. */
export async function up(place) {
  if (await isUp(place)) return false;
  refuseUnlessInstallable('The testbed');
  mkdirSync(place.dir, { recursive: true });
  return withLock(place.lock, async () => {
    if (await isUp(place)) return false;
    await bringUp(place);
    return true;
  });
}
