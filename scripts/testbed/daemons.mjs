import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ask, pings } from '../lib/ask.mjs';
import { runningPid, startDaemon, stopDaemon } from './daemon.mjs';
import { removeNetwork } from './network.mjs';
import { clearRemains } from './remains.mjs';

const quoted = (text) => JSON.stringify(text);

const containerdConfig = (place) => `version = 2
root = ${quoted(join(place.data, 'containerd'))}
state = ${quoted(join(place.exec, 'containerd'))}
disabled_plugins = ["io.containerd.grpc.v1.cri", "io.containerd.internal.v1.opt"]
[grpc]
  address = ${quoted(place.containerdSocket)}
[debug]
  level = "warn"
`;

const engineConfig = (place, { bridge, pool }) => ({
  'data-root': place.data,
  'exec-root': place.exec,
  pidfile: join(place.exec, 'dockerd.pid'),
  hosts: [place.endpoint],
  containerd: place.containerdSocket,
  bridge,
  iptables: false,
  ip6tables: false,
  'default-address-pools': [{ base: pool, size: 24 }],
  'userland-proxy-path': join(place.bin, 'docker-proxy'),
  'shutdown-timeout': 10,
});

const registryConfig = (place, { registryPort }) => `version: 0.1
log: {level: warn}
storage:
  filesystem: {rootdirectory: ${quoted(place.registryData)}}
  delete: {enabled: true}
http:
  addr: 127.0.0.1:${registryPort}
`;

/** Whether the engine of this testbed runs and answers. */
export async function engineAnswers(place) {
  return runningPid(place, 'dockerd') !== undefined && (await pings(place.endpoint));
}

/** Whether the registry of this testbed runs and answers. */
export async function registryAnswers(place, settings) {
  if (!settings || runningPid(place, 'docker-registry') === undefined) return false;
  return (await ask(`tcp://127.0.0.1:${settings.registryPort}`, '/v2/'))?.status === 200;
}

/** Starts containerd and the engine on it. Both are our own, whatever else of the kind this machine runs. */
export async function startEngine(place, settings) {
  mkdirSync(place.exec, { recursive: true, mode: 0o711 });
  await startDaemon(place, {
    name: 'containerd',
    config: containerdConfig(place),
    args: (config) => ['--config', config],
    ready: () => existsSync(place.containerdSocket),
  });
  await startDaemon(place, {
    name: 'dockerd',
    config: JSON.stringify(engineConfig(place, settings), null, 2),
    args: (config) => ['--config-file', config],
    ready: () => pings(place.endpoint, { deadline: 500 }),
  });
}

/** Starts the registry, empty at first and kept afterwards. */
export async function startRegistry(place, settings) {
  mkdirSync(place.registryData, { recursive: true });
  await startDaemon(place, {
    name: 'docker-registry',
    config: registryConfig(place, settings),
    args: (config) => ['serve', config],
    ready: async () =>
      (await ask(`tcp://127.0.0.1:${settings.registryPort}`, '/v2/', { deadline: 500 }))?.status === 200,
  });
}

/** Stops engine and containerd and removes all that they left, network included; right after a crash or a reboot, too. */
export async function stopEngine(place, settings) {
  const stopped = [await stopDaemon(place, 'dockerd'), await stopDaemon(place, 'containerd')];
  await clearRemains(place);
  if (settings) await removeNetwork(place, settings);
  return stopped.some(Boolean);
}
