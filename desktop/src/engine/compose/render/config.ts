import { stringify } from 'yaml';
import { hashRules } from '../hash/profile.ts';
import { writeStruct } from '../hash/write.ts';
import type { HashProfile, Model } from '../model.ts';
import { config, network, secret, volume } from '../schema/project.ts';
import { service } from '../schema/service.ts';
import type { StructType } from '../schema/types.ts';

const hidden: ReadonlySet<string> = new Set(['env_file', 'label_file']);
const nothing: ReadonlySet<string> = new Set();

/**
 * The model as `docker compose config --format json` of the given generation prints it: keys sorted at the top, `$` doubled so that
 * the text can be read again. `profile` matters for a few spellings only, such as `create_host_path`.
 */
export function configJson(model: Model, profile: HashProfile = 'P1'): string {
  return `${escapeDollars(JSON.stringify(configTree(model, profile), null, 2))}\n`;
}

/** The same as YAML, as `docker compose config` prints it. */
export function configYaml(model: Model, profile: HashProfile = 'P1'): string {
  return escapeDollars(stringify(configTree(model, profile), { lineWidth: 0, aliasDuplicateObjects: false }));
}

const escapeDollars = (text: string): string => text.replaceAll('$', '$$$$');

function configTree(model: Model, profile: HashProfile): Record<string, unknown> {
  const section = (entries: ReadonlyMap<string, object>, type: StructType, without = nothing): unknown => {
    if (entries.size === 0) return undefined;
    const parts = [...entries].sort(([left], [right]) => (left < right ? -1 : 1));
    return Object.fromEntries(parts.map(([key, value]) => [key, plain(value, type, profile, without)]));
  };
  const services = section(model.services, service, hidden) ?? {};
  const tree: Record<string, unknown> = {
    configs: section(model.configs, config),
    name: model.name,
    networks: section(model.networks, network),
    secrets: section(model.secrets, secret),
    services,
    volumes: section(model.volumes, volume),
    ...model.extensions,
  };
  return Object.fromEntries(Object.entries(tree).filter(([, value]) => value !== undefined));
}

function plain(value: object, type: StructType, profile: HashProfile, without: ReadonlySet<string>): unknown {
  const text = writeStruct(Object.fromEntries(Object.entries(value)), type, hashRules(profile), without);
  const parsed: unknown = JSON.parse(text);
  return parsed;
}
