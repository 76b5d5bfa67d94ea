import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../lib/paths.mjs';
import { must } from '../lib/run.mjs';
import { Trouble } from '../lib/trouble.mjs';

const baseName = 'node:24-bookworm-slim';

/** What the labels of an image say of where it comes from, as variables of docker-bake.hcl. Reads git and CI's variables. */
export async function factsOf(env) {
  const git = async (...args) => (await must('git', args, { cwd: root })).trim();
  const revision = await git('rev-parse', 'HEAD');
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: run } = env;
  const source = server && repository ? `${server}/${repository}` : '';
  const [, released] = /^refs\/tags\/v(\d+\.\d+\.\d+.*)$/.exec(env.GITHUB_REF ?? '') ?? [];
  return {
    VERSION: released ?? `sha-${revision.slice(0, 12)}`,
    REVISION: revision,
    // The time of the commit, so that the same commit makes the same image.
    CREATED: await git('log', '-1', '--format=%cI'),
    SOURCE: source,
    COMMIT_SUBJECT: await git('log', '-1', '--format=%s'),
    COMMIT_AUTHOR: await git('log', '-1', '--format=%an'),
    CI_RUN: source && run ? `${source}/actions/runs/${run}` : '',
  };
}

/** The base image by the digest that its name stands for now. */
export async function basePinned() {
  const format = ['--format', '{{.Manifest.Digest}}'];
  const digest = (await must('docker', ['buildx', 'imagetools', 'inspect', baseName, ...format])).trim();
  return `${baseName}@${digest}`;
}

/** Builds both images as docker-bake.hcl says; returns what buildx tells of them. */
export async function bake(variables, args, { cwd = root, env = process.env } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'quayside-bake-'));
  try {
    const metadata = join(folder, 'metadata.json');
    const command = ['buildx', 'bake', '--file', 'docker/docker-bake.hcl', '--metadata-file', metadata, ...args];
    await must('docker', command, { cwd, env: { ...env, ...variables } });
    return JSON.parse(readFileSync(metadata, 'utf8'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The digest of each service's image. */
export function digestsOf(metadata) {
  return Object.fromEntries(
    ['backend', 'frontend'].map((service) => {
      const digest = metadata[service]?.['containerimage.digest'];
      if (!digest) throw new Trouble(`buildx told no digest for ${service}.`);
      return [service, digest];
    }),
  );
}
