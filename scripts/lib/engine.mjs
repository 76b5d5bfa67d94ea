import { delimiter } from 'node:path';
import { testbedEnv } from '../testbed/env.mjs';
import { layout } from '../testbed/layout.mjs';
import { up } from '../testbed/up.mjs';
import { canInstall } from './apt.mjs';
import { candidates, findEngine } from './find-engine.mjs';
import { Trouble } from './trouble.mjs';

function noEngine() {
  const asked = candidates().join(', ') || 'no DOCKER_HOST, no Docker context, no default socket';
  return new Trouble(
    `No Docker Engine answers (${asked}).`,
    'Start Docker Desktop or the docker service; install it from https://docs.docker.com/get-docker/ where it is missing. On Debian as root, `npm run testbed -- up` provides an engine.',
  );
}

async function fromTestbed() {
  const place = layout();
  const started = await up(place);
  const variables = testbedEnv(place);
  const env = { ...variables, PATH: `${variables.PATH}${delimiter}${process.env['PATH'] ?? ''}` };
  return { endpoint: place.endpoint, env, started, note: 'testbed' };
}

/** An engine for the panel: the one that answers, else the testbed where it can run. `env` is what the panel must be told. */
export async function engineForPanel() {
  const endpoint = await findEngine();
  if (endpoint) return { endpoint, env: {}, note: endpoint };
  if (process.env['DOCKER_HOST'] || !canInstall()) throw noEngine();
  const { note } = await fromTestbed();
  return { endpoint: layout().endpoint, env: { DOCKER_HOST: layout().endpoint }, note };
}

/** An engine for tests: DOCKER_HOST where it is set, else the testbed where it can run, else the one that answers. */
export async function engineForTests() {
  if (!process.env['DOCKER_HOST'] && canInstall()) return fromTestbed();
  const endpoint = await findEngine();
  if (!endpoint) throw noEngine();
  return { endpoint, env: { DOCKER_HOST: endpoint }, started: false, note: endpoint };
}
