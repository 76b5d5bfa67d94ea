import { access } from 'node:fs/promises';
import type { Finding } from '#contract/index.ts';
import type { MountModel } from '#engine/compose/index.ts';
import { type Check, gatewayOf, isLocalEngine, type PreflightInput } from '../check.ts';

interface Bind {
  readonly service: string;
  readonly mount: MountModel & { readonly source: string };
}

function binds({ model }: PreflightInput): Bind[] {
  return [...(model?.services.values() ?? [])].flatMap(({ name, volumes }) =>
    (volumes ?? []).flatMap((mount) =>
      mount.type === 'bind' && mount.source !== undefined
        ? [{ service: name, mount: { ...mount, source: mount.source } }]
        : [],
    ),
  );
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

function missing({ service, mount }: Bind): Finding {
  const made = mount.bind?.create_host_path !== false;
  return {
    check: 'bind-paths',
    severity: made ? 'warning' : 'blocker',
    title: `${mount.source} does not exist; ${service} wants it at ${mount.target}`,
    why: made
      ? 'The engine will make an empty folder there, owned by its own user, also where a file is meant.'
      : 'The engine refuses to start the service without it.',
    remedy: 'Create it, or correct the path in the compose file.',
    details: { service, source: mount.source, target: mount.target },
  };
}

async function inspect(input: PreflightInput): Promise<Finding[]> {
  const all = binds(input);
  const gateway = await gatewayOf(input);
  if (all.length === 0 || (gateway !== undefined && !isLocalEngine(gateway.endpoint.url))) return [];
  const found = await Promise.all(all.map(async (bind) => ({ bind, there: await exists(bind.mount.source) })));
  const gone = found.filter(({ there }) => !there).map(({ bind }) => missing(bind));
  const ok: Finding = { check: 'bind-paths', severity: 'ok', title: 'All folders that services use are there' };
  return gone.length > 0 ? gone : [ok];
}

/** The files and folders of this machine that services mount exist. */
export const bindPathsCheck: Check = { name: 'bind-paths', run: inspect };
