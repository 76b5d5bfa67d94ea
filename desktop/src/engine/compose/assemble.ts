import { say } from '#kit/say.ts';
import { Binder, type Draft } from './bind/bind.ts';
import { unsupported } from './errors.ts';
import type {
  FileObjectModel,
  LoadRequest,
  Model,
  ModelRisk,
  NetworkModel,
  ServiceModel,
  VolumeModel,
} from './model.ts';
import { resolveVariables } from './normalize/environment.ts';
import { withName } from './normalize/names.ts';
import { normalizeService } from './normalize/service.ts';
import { selectByProfile, usedResources } from './project/profiles.ts';
import { findRisks } from './risks/find-risks.ts';
import type { FoundRisk } from './risks/found-risk.ts';
import { config, network, secret, volume } from './schema/project.ts';
import { service as serviceType } from './schema/service.ts';
import type { StructType } from './schema/types.ts';
import type { LoadTrace } from './trace.ts';
import { nearestNode } from './tree/find.ts';
import { isMap, type MapNode, type Node } from './tree/node.ts';
import { plainOf } from './tree/show.ts';
import { checkConsistency } from './validate/consistency.ts';
import { checkExternalFiles } from './validate/service.ts';
import type { Warnings } from './warnings.ts';

/** The merged tree and what it was read from. */
export interface Assembly {
  readonly request: LoadRequest;
  readonly name: string;
  readonly root: MapNode;
  readonly files: readonly string[];
  readonly envFiles: readonly string[];
  readonly environment: ReadonlyMap<string, string>;
  readonly warnings: Warnings;
  readonly trace?: LoadTrace | undefined;
}

/** Turns the merged tree into the model: typed values, normalised, checked, reduced to what enabled services use. */
export async function assemble(from: Assembly): Promise<Model> {
  const { root, environment, warnings } = from;
  const binder = new Binder(warnings);
  const all = bindSection(root, 'services', serviceType, binder);
  for (const service of all.values()) normalizeService(service);
  const profiles = activeProfiles(from);
  const { enabled, disabled } = selectByProfile(all, profiles);
  const networks = bindSection(root, 'networks', network, binder);
  if (!networks.has('default')) networks.set('default', { ipam: {} });
  const checked = {
    root,
    services: enabled,
    disabled: new Set(disabled.keys()),
    networks: new Set(networks.keys()),
    volumes: new Set(bindSection(root, 'volumes', volume, binder).keys()),
    secrets: bindSection(root, 'secrets', secret, binder),
    configs: bindSection(root, 'configs', config, binder),
  };
  checkConsistency(checked);
  for (const [name, service] of enabled) {
    refuseUnsupported(name, service, root);
    checkExternalFiles(service, checked);
    await resolveVariables(service, {
      directory: from.request.directory,
      lookup: (variable) => environment.get(variable),
      where: (key) => nearestNode(root, ['services', name, key]),
      warnings,
      standIns: from.request.standIns,
      onEntry: from.trace?.onServiceEntry(name),
    });
  }
  const used = usedResources(enabled.values());
  const volumes = bindSection(root, 'volumes', volume, binder);
  const named = <T>(section: Map<string, Draft>, keys: ReadonlySet<string>): ReadonlyMap<string, T> =>
    new Map(
      [...section].filter(([key]) => keys.has(key)).map(([key, value]) => [key, withName(value, key, from.name) as T]),
    );
  const sections = {
    services: new Map([...enabled].map(([name, service]) => [name, { name, ...service } as ServiceModel])),
    networks: named<NetworkModel>(networks, used.networks),
    volumes: named<VolumeModel>(volumes, used.volumes),
    secrets: named<FileObjectModel>(checked.secrets, used.secrets),
    configs: named<FileObjectModel>(checked.configs, used.configs),
  };
  const { directory } = from.request;
  return {
    name: from.name,
    directory,
    files: from.files,
    envFiles: from.envFiles,
    ...sections,
    disabled: [...disabled.keys()],
    extensions: extensionsOf(root),
    environment,
    warnings: warnings.list,
    risks: placed(findRisks({ directory, ...sections }), root),
  };
}

function placed(risks: readonly FoundRisk[], root: MapNode): ModelRisk[] {
  return risks.map(({ path, ...risk }) => {
    const node = nearestNode(root, path);
    return { ...risk, place: node.source.place(node.at) };
  });
}

function bindSection(root: MapNode, section: string, type: StructType, binder: Binder): Map<string, Draft> {
  const node = root.entries.get(section);
  const made = new Map<string, Draft>();
  if (!isMap(node)) return made;
  for (const [name, value] of node.entries) {
    made.set(name, binder.struct(isMap(value) ? value : emptyMap(value), type, [section, name]));
  }
  return made;
}

const emptyMap = (from: Node): MapNode => ({
  kind: 'map',
  entries: new Map(),
  source: from.source,
  at: from.at,
  keyAt: from.keyAt,
});

/** Profiles that were asked for, else those of COMPOSE_PROFILES. */
function activeProfiles({ request, environment }: Assembly): readonly string[] {
  if (request.profiles.length > 0) return request.profiles;
  return (environment.get('COMPOSE_PROFILES') ?? '')
    .split(',')
    .map((profile) => profile.trim())
    .filter((profile) => profile !== '');
}

const notYet: Readonly<Record<string, string>> = {
  provider: say`providers are programs of their own that Quayside does not run`,
  models: say`language models need the Docker Model plugin`,
  use_api_socket: say`handing the engine socket to a container is not supported`,
  credential_spec: say`credential specs exist on Windows only`,
};

function refuseUnsupported(name: string, service: Draft, root: MapNode): void {
  for (const [key, reason] of Object.entries(notYet)) {
    if (service[key] === undefined) continue;
    throw unsupported(
      nearestNode(root, ['services', name, key]),
      say`${key} of the service ${name} is not supported: ${reason}`,
    );
  }
}

function extensionsOf(root: MapNode): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    [...root.entries].filter(([key]) => key.startsWith('x-')).map(([key, value]) => [key, plainOf(value)] as const),
  );
}
