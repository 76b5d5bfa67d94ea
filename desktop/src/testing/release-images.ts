import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { docker, dockerText } from './docker-cli.ts';
import { onPath } from './on-path.ts';

/** What a version of a test's service is to be like. */
export interface VersionOf {
  /** Name with tag, in a registry. */
  readonly name: string;
  readonly version: string;
  /** Its health command fails. */
  readonly broken?: boolean;
  /** It is healthy, and answers 503 when it is asked whether it is ready. */
  readonly unready?: boolean;
  readonly labels?: Readonly<Record<string, string>>;
}

/** Health command of these images. */
export const versionProbe = ['CMD', '/busybox', 'wget', '-q', '-O', '/dev/null', 'http://127.0.0.1:8000/health'];

/** Asks one of these images whether it is ready, as the label has it. */
export const readyProbe = JSON.stringify([
  'CMD',
  '/busybox',
  'wget',
  '-q',
  '-O',
  '-',
  'http://127.0.0.1:8000/cgi-bin/ready',
]);

/** Answers 503 where it is told to, or while a file says that something it needs is down. */
const readyScript = (unready: boolean): string =>
  [
    '#!/busybox sh',
    `if ${unready} || /busybox test -e /needs/down`,
    'then /busybox echo "Status: 503 Service Unavailable"; fi',
    '/busybox echo',
    '/busybox echo asked',
    '',
  ].join('\n');

/**
 * Makes an image of two megabytes whose server answers with its version on port 8000, pushes it, and removes it here;
 * returns its digest.
 */
export async function pushVersion({
  name,
  version,
  broken = false,
  unready = false,
  labels = {},
}: VersionOf): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'qs-test-image-'));
  try {
    await mkdir(join(folder, 'root', 'www', 'cgi-bin'), { recursive: true });
    await writeFile(join(folder, 'root', 'www', 'cgi-bin', 'ready'), readyScript(unready), { mode: 0o755 });
    await cp(onPath('busybox', 'busybox-static'), join(folder, 'root', 'busybox'), { dereference: true });
    await writeFile(join(folder, 'root', 'www', 'index.html'), version);
    if (!broken) await writeFile(join(folder, 'root', 'www', 'health'), 'ok');
    const archive = join(folder, 'root.tar');
    await promisify(execFile)('tar', ['-C', join(folder, 'root'), '-cf', archive, '.']);
    const all = { 'org.opencontainers.image.version': version, ...labels };
    const changes = [
      `CMD ["/busybox", "httpd", "-f", "-p", "8000", "-h", "/www"]`,
      ...Object.entries(all).map(([key, value]) => `LABEL ${key}=${JSON.stringify(value)}`),
    ];
    await docker(['import', ...changes.flatMap((change) => ['--change', change]), archive, name]);
  } finally {
    await rm(folder, { recursive: true });
  }
  await docker(['push', '-q', name]);
  const pushed = await dockerText('image', 'inspect', '--format', '{{index .RepoDigests 0}}', name);
  await docker(['image', 'rm', name]);
  return pushed.slice(pushed.indexOf('@') + 1);
}
