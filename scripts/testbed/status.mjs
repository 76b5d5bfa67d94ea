import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { askJson } from '../lib/ask.mjs';
import { run } from '../lib/run.mjs';
import { baseImagePresent, images } from './base-image.mjs';
import { runningPid } from './daemon.mjs';
import { engineAnswers, registryAnswers } from './daemons.mjs';
import { readSettings } from './settings.mjs';

async function engineLine(place) {
  if (!(await engineAnswers(place))) return { up: false, text: 'not running' };
  const { Version, ApiVersion } = (await askJson(place.endpoint, '/version')) ?? {};
  return {
    up: true,
    text: `${Version}, API ${ApiVersion}, process ${runningPid(place, 'dockerd')}, ${place.endpoint}`,
  };
}

async function registryLine(place, settings) {
  if (!(await registryAnswers(place, settings))) return { up: false, text: 'not running' };
  return { up: true, text: `process ${runningPid(place, 'docker-registry')}, 127.0.0.1:${settings.registryPort}` };
}

async function baseLine(place, engine) {
  if (!engine.up) return { up: false, text: 'unknown, because the engine does not run' };
  const present = await baseImagePresent(place);
  return { up: present, text: present ? images.node : `${images.node} is missing or outdated` };
}

async function toolLine(place, args) {
  if (!existsSync(join(place.bin, 'docker'))) return { up: false, text: 'not fetched' };
  const env = { ...process.env, DOCKER_CONFIG: place.config };
  const { code, stdout, stderr } = await run(join(place.bin, 'docker'), args, { env });
  return { up: code === 0, text: (stdout || stderr).trim().split('\n')[0] };
}

/** The state of each part as lines for people, and whether all of them are up. */
export async function status(place) {
  const settings = readSettings(place);
  const engine = await engineLine(place);
  const rows = {
    engine,
    registry: await registryLine(place, settings),
    'base image': await baseLine(place, engine),
    network: { up: true, text: settings ? `${settings.bridge}, ${settings.pool}` : 'not chosen yet' },
    cli: await toolLine(place, ['--version']),
    compose: await toolLine(place, ['compose', 'version']),
    buildx: await toolLine(place, ['buildx', 'version']),
    folder: { up: true, text: place.dir },
  };
  const lines = Object.entries(rows).map(([name, { text }]) => `${name.padEnd(12)}${text}`);
  return { lines, up: Object.values(rows).every((row) => row.up) };
}
