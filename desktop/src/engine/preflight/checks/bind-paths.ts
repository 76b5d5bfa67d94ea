import { stat } from 'node:fs/promises';
import { extname, relative, sep } from 'node:path';
import type { Finding } from '#contract/index.ts';
import type { MountModel } from '#engine/compose/index.ts';
import { say } from '#kit/say.ts';
import { type Check, gatewayOf, isLocalEngine, type PreflightInput } from '../check.ts';

interface Bind {
  readonly service: string;
  readonly mount: MountModel & { readonly source: string };
}

type Kind = 'missing' | 'file' | 'folder';

function binds({ model }: PreflightInput): Bind[] {
  return [...(model?.services.values() ?? [])].flatMap(({ name, volumes }) =>
    (volumes ?? []).flatMap((mount) =>
      mount.type === 'bind' && mount.source !== undefined
        ? [{ service: name, mount: { ...mount, source: mount.source } }]
        : [],
    ),
  );
}

async function kindOf(path: string): Promise<Kind> {
  return stat(path).then(
    (found) => (found.isDirectory() ? 'folder' : 'file'),
    () => 'missing',
  );
}

/** Secrets and configs of services that are files, each with its path. */
function mountedFiles({ model }: PreflightInput): { what: string; source: string }[] {
  return (['secrets', 'configs'] as const).flatMap((section) =>
    [...(model?.[section] ?? [])].flatMap(([key, { file }]) =>
      file === undefined ? [] : [{ what: say`the ${section.slice(0, -1)} ${key}`, source: file }],
    ),
  );
}

/** Shown relative where it lies in the project. */
function shown(directory: string, path: string): string {
  const way = relative(directory, path);
  return way === '' || way === '..' || way.startsWith(`..${sep}`) ? path : way;
}

/** What is wrong with the file of a secret or config, by what lies there. */
function mountedFileFinding(
  { what, source }: { what: string; source: string },
  kind: Kind,
  directory: string,
): Finding | undefined {
  if (kind === 'file') return undefined;
  const file = shown(directory, source);
  return {
    check: 'bind-paths',
    severity: kind === 'missing' ? 'blocker' : 'warning',
    title:
      kind === 'missing'
        ? say`${file}, the file of ${what}, does not exist`
        : say`${file} is a folder; ${what} is a file`,
    why:
      kind === 'missing'
        ? say`The engine refuses to start a service without it.`
        : say`The service finds a folder where it reads a file.`,
    remedy: say`Put the file there, or correct the path of ${what} in the compose file.`,
    details: { source },
  };
}

/** What is wrong with a mounted path, by what lies there. */
function bindFinding({ service, mount }: Bind, kind: Kind, directory: string): Finding | undefined {
  const { source, target } = mount;
  const path = shown(directory, source);
  const details = { service, source, target };
  if (kind === 'folder' && looksLikeFile(source) && looksLikeFile(target)) {
    return {
      check: 'bind-paths',
      severity: 'warning',
      title: say`${path} is a folder; ${service} expects a file at ${target}`,
      why: say`The engine makes an empty folder for a file that is missing at the first start; it stays, and the service cannot read it.`,
      remedy: say`Delete the folder ${path} and put the file in its place.`,
      details,
    };
  }
  if (kind !== 'missing') return undefined;
  const made = mount.bind?.create_host_path !== false;
  const file = looksLikeFile(source) && looksLikeFile(target);
  return {
    check: 'bind-paths',
    severity: made ? 'warning' : 'blocker',
    title: say`${path} does not exist; ${service} wants it at ${target}`,
    why: made
      ? say`The engine will make an empty folder there, owned by its own user${file ? say`, where a file is meant` : ''}.`
      : say`The engine refuses to start the service without it.`,
    remedy: say`Create it, or correct the path in the compose file.`,
    details,
  };
}

/** Endings that folders do not have: a wrong alarm costs more trust than a missed one. */
const ofFiles =
  /^\.(?:conf|cnf|cfg|ini|ya?ml|json|toml|env|properties|xml|sql|sh|js|mjs|cjs|ts|py|rb|php|html?|css|txt|md|crt|cer|pem|key|sock|lock|log)$/i;

function looksLikeFile(path: string): boolean {
  return ofFiles.test(extname(path));
}

async function inspect(input: PreflightInput): Promise<Finding[]> {
  const all = binds(input);
  const files = mountedFiles(input);
  const gateway = await gatewayOf(input);
  if (all.length + files.length === 0 || (gateway !== undefined && !isLocalEngine(gateway.endpoint.url))) return [];
  const seen = await Promise.all(
    all.map(async (bind) => bindFinding(bind, await kindOf(bind.mount.source), input.directory)),
  );
  const read = await Promise.all(
    files.map(async (file) => mountedFileFinding(file, await kindOf(file.source), input.directory)),
  );
  const wrong = [...seen, ...read].filter((one) => one !== undefined);
  const ok: Finding = {
    check: 'bind-paths',
    severity: 'ok',
    title: say`All files and folders that services use are there`,
  };
  return wrong.length > 0 ? wrong : [ok];
}

/** The files and folders of this machine that services mount exist, and are what they are taken for. */
export const bindPathsCheck: Check = { name: 'bind-paths', run: inspect };
