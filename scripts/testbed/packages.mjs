import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { aptGet, installPackages, missingPackages } from '../lib/apt.mjs';
import { must } from '../lib/run.mjs';
import { writeSources } from './sources.mjs';

const suite = 'trixie';
/** Installed on the machine: they bring no service. */
const tools = ['runc', 'iptables', 'iproute2', 'ca-certificates', 'mmdebstrap', 'openssh-client'];
/** Unpacked into the state folder only: installed, each would start a service of its own. */
const newer = ['docker.io', 'containerd', 'docker-cli', 'docker-compose', 'docker-buildx'];
/** busybox is what small test images are made of; the SSH server needs a library that no other package brings. */
const own = ['docker-registry', 'tini', 'busybox-static', 'openssh-server', 'libwrap0'];

/** Name under `bin` -> place in the unpacked packages. */
const programs = {
  busybox: 'bin/busybox',
  containerd: 'usr/bin/containerd',
  'containerd-shim-runc-v2': 'usr/bin/containerd-shim-runc-v2',
  docker: 'usr/bin/docker',
  dockerd: 'usr/sbin/dockerd',
  'docker-init': 'usr/bin/tini-static',
  'docker-proxy': 'usr/sbin/docker-proxy',
  'docker-registry': 'usr/bin/docker-registry',
  sshd: 'usr/sbin/sshd',
};

/** Fetches packages of another suite into `debs` through the private apt root `apt`, so that the machine's own apt state stays as it is. */
export async function fetchPackages({ apt, debs, suite, names }) {
  mkdirSync(join(apt, 'lists', 'partial'), { recursive: true });
  mkdirSync(join(apt, 'cache', 'archives', 'partial'), { recursive: true });
  writeSources(join(apt, 'sources.d'), suite);
  const settings = {
    'Dir::Etc::sourcelist': '/dev/null',
    'Dir::Etc::sourceparts': join(apt, 'sources.d'),
    'Dir::Etc::preferences': '/dev/null',
    'Dir::Etc::preferencesparts': '/dev/null',
    'Dir::State::Lists': join(apt, 'lists'),
    'Dir::Cache': join(apt, 'cache'),
    'APT::Default-Release': '',
    'APT::Sandbox::User': 'root',
    'APT::Update::Error-Mode': 'any',
  };
  const options = Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
  await aptGet([...options, 'update'], { what: `read the package lists of ${suite}` });
  await aptGet([...options, 'download', ...names], { cwd: debs, what: `download ${names.join(', ')}` });
}

/** The engine's programs under `bin`, the CLI plugins under `config`: links into the unpacked packages. */
function link({ root, bin, config }) {
  const plugins = join(config, 'cli-plugins');
  mkdirSync(bin, { recursive: true });
  mkdirSync(plugins, { recursive: true });
  const relink = (target, path) => {
    rmSync(path, { force: true });
    symlinkSync(target, path);
  };
  for (const [name, path] of Object.entries(programs)) relink(join(root, path), join(bin, name));
  for (const name of ['docker-compose', 'docker-buildx']) {
    relink(join(root, 'usr/libexec/docker/cli-plugins', name), join(plugins, name));
  }
}

/** Makes all programs of the testbed available; returns whether anything had to be done. */
export async function providePackages(place) {
  const unpacked = Object.values(programs).every((path) => existsSync(join(place.root, path)));
  if (unpacked && (await missingPackages(tools)).length === 0) return false;
  const fresh = await installPackages(tools);
  if (unpacked) return true;
  if (fresh.length === 0) await aptGet(['update'], { what: 'refresh its package lists' });
  rmSync(place.debs, { recursive: true, force: true });
  mkdirSync(place.debs, { recursive: true });
  await aptGet(['download', '-o', 'APT::Sandbox::User=root', ...own], {
    cwd: place.debs,
    what: `download ${own.join(', ')}`,
  });
  await fetchPackages({ apt: place.apt, debs: place.debs, suite, names: newer });
  const partial = `${place.root}.partial`;
  rmSync(partial, { recursive: true, force: true });
  for (const file of readdirSync(place.debs)) await must('dpkg', ['-x', join(place.debs, file), partial]);
  // The links come first, because the folder is the sign that all is there.
  link(place);
  rmSync(place.root, { recursive: true, force: true });
  renameSync(partial, place.root);
  rmSync(place.debs, { recursive: true });
  return true;
}
