import { createHash } from 'node:crypto';
import { copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { askJson } from '../lib/ask.mjs';
import { inRoot } from '../lib/paths.mjs';
import { must, npm } from '../lib/run.mjs';
import { Trouble } from '../lib/trouble.mjs';
import { writeSources } from './sources.mjs';

/** The image under which the project's Dockerfiles look for Node, and the bare system below it. */
export const images = { node: 'node:24-bookworm-slim', system: 'qs-test-debian:bookworm' };

const suite = 'bookworm';
const certificates = '/etc/ssl/certs/ca-certificates.crt';
const nodePackage = `node-linux-${process.arch}`;
const label = 'quayside.testbed.recipe';

const dockerfile = `FROM ${images.system}
COPY node /usr/local/bin/node
COPY npm /usr/local/lib/node_modules/npm
COPY ca.crt ${certificates}
ENV NODE_EXTRA_CA_CERTS=${certificates} npm_config_cafile=${certificates}
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm \\
 && ln -s ../lib/node_modules/npm/bin/npx-cli.js /usr/local/bin/npx \\
 && groupadd --gid 1000 node && useradd --uid 1000 --gid node --shell /bin/bash --create-home node
CMD ["node"]
`;

function nodeVersion() {
  return JSON.parse(readFileSync(inRoot('package.json'), 'utf8')).optionalDependencies[nodePackage];
}

/** Changes when the image would come out different, so that it is then made anew. */
function recipe() {
  const parts = [dockerfile, nodePackage, nodeVersion(), readFileSync(certificates, 'utf8')];
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 16);
}

/** Whether the engine has the base image: any that is not ours (pulled by somebody) will do, ours must be of this recipe. */
export async function baseImagePresent(place) {
  const image = await askJson(place.endpoint, `/images/${images.node}/json`);
  const made = image?.Config?.Labels?.[label];
  return image !== undefined && (made === undefined || made === recipe());
}

/** The bare system as a tar file, kept in the state folder. */
export async function provideSystem({ base, dir }) {
  const tar = join(base, 'system.tar');
  if (existsSync(tar)) return;
  mkdirSync(base, { recursive: true });
  const sources = writeSources(join(base, 'sources.d'), suite);
  const partial = join(base, 'partial.tar');
  const args = ['--quiet', '--variant=minbase', '--include=ca-certificates', suite, partial, ...sources];
  const remedy = `Check that this machine reaches its package mirrors, and that ${dir} lies on a disk with 2 GB free.`;
  await must('mmdebstrap', args, { env: { ...process.env, LC_ALL: 'C' }, remedy });
  renameSync(partial, tar);
}

/** The npm that runs this script, else the one of this machine. */
async function npmFolder() {
  const cli = process.env['npm_execpath'];
  const { stdout } = await npm(['root', '--global']);
  const candidates = [cli ? join(cli, '..', '..') : '', join(stdout.trim(), 'npm')];
  const found = candidates.find((folder) => folder && existsSync(join(folder, 'bin', 'npm-cli.js')));
  if (found) return found;
  throw new Trouble(
    'npm was not found on this machine.',
    'Install npm, then run this again through `npm run testbed`.',
  );
}

/** The executable of the Node version which the project pins: from its installed packages, else fetched with npm. */
async function nodeExecutable(base) {
  const version = nodeVersion();
  if (!version)
    throw new Trouble(`The base image cannot be made on ${process.arch}.`, 'Use a machine with x64 or arm64.');
  const installed = inRoot('node_modules', nodePackage);
  const manifest = join(installed, 'package.json');
  if (existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).version === version)
    return join(installed, 'bin/node');
  const { code, stderr } = await npm(['pack', '--silent', `${nodePackage}@${version}`], { cwd: base });
  if (code !== 0)
    throw new Trouble(`npm could not fetch ${nodePackage}@${version}.\n${stderr.trim()}`, 'Check the network and npm.');
  const tarball = join(base, `${nodePackage}-${version}.tgz`);
  await must('tar', ['xzf', tarball, '-C', base, 'package/bin/node']);
  rmSync(tarball);
  return join(base, 'package/bin/node');
}

async function fillContext(base) {
  const context = join(base, 'context');
  rmSync(context, { recursive: true, force: true });
  mkdirSync(context, { recursive: true });
  copyFileSync(await nodeExecutable(base), join(context, 'node'));
  cpSync(await npmFolder(), join(context, 'npm'), { recursive: true, dereference: true });
  copyFileSync(certificates, join(context, 'ca.crt'));
  writeFileSync(join(context, 'Dockerfile'), dockerfile);
  return context;
}

/** Makes the base image on this machine, for there may be no registry to pull it from. */
export async function makeBaseImage(place) {
  const docker = join(place.bin, 'docker');
  const env = { ...process.env, DOCKER_HOST: place.endpoint, DOCKER_CONFIG: place.config };
  await must(docker, ['import', join(place.base, 'system.tar'), images.system], { env });
  const context = await fillContext(place.base);
  const args = ['build', '--quiet', '--label', `${label}=${recipe()}`, '--tag', images.node, context];
  await must(docker, args, { env, remedy: `The engine's log: ${place.log('dockerd')}` });
  rmSync(context, { recursive: true });
}
