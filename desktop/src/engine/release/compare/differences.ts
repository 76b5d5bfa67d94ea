import type { ReleaseComparison } from '#contract/index.ts';
import { configJson, type Model } from '#engine/compose/index.ts';
import { isSecretName, masked } from '#kit/secret-name.ts';

type Variables = ReleaseComparison['variables'];
type Settings = ReleaseComparison['settings'];

const longest = 200;
/** Compared apart, or without meaning for what runs. */
const apart = new Set(['image', 'environment', 'build']);

/** Variables of the containers that differ, by service. Secrets are compared, and shown masked. Pure. */
export function differingVariables(from: Model, to: Model): Variables {
  const names = [...from.services.keys()].filter((name) => to.services.has(name));
  return names.flatMap((service) => {
    const [old = {}, next = {}] = [from, to].map(({ services }) => services.get(service)?.environment ?? {});
    const all = [...new Set([...Object.keys(old), ...Object.keys(next)])].sort();
    return all
      .filter((name) => (old[name] ?? undefined) !== (next[name] ?? undefined))
      .map((name) => ({ service, name, ...sides(shownVariable(name, old[name]), shownVariable(name, next[name])) }));
  });
}

const shownVariable = (name: string, value: string | null | undefined): string | undefined =>
  value === null || value === undefined ? undefined : isSecretName(name) ? masked : short(value);

/** What differs in the rest of the configuration, by path; services that only one side has are not gone into. Pure. */
export function differingSettings(from: Model, to: Model): Settings {
  const [old, next] = [from, to].map((model) =>
    leavesOf(model, (name) => from.services.has(name) && to.services.has(name)),
  );
  const paths = [...new Set([...(old?.keys() ?? []), ...(next?.keys() ?? [])])].sort();
  return paths.flatMap((path) => {
    const [before = [], after = []] = [old?.get(path), next?.get(path)];
    const lost = before.filter((value) => !after.includes(value));
    const gained = after.filter((value) => !before.includes(value));
    const count = Math.max(lost.length, gained.length);
    return Array.from({ length: count }, (_, index) => ({
      path,
      ...sides(shownSetting(path, lost[index]), shownSetting(path, gained[index])),
    }));
  });
}

function shownSetting(path: string, value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  return isSecretName(path.slice(path.lastIndexOf('.') + 1)) ? masked : short(value);
}

function sides(from: string | undefined, to: string | undefined): { from?: string; to?: string } {
  return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
}

const short = (text: string): string => (text.length > longest ? `${text.slice(0, longest)}…` : text);

/** The values at the end of each path: more than one where a list has several entries that are no plain values. */
function leavesOf(model: Model, wanted: (service: string) => boolean): Map<string, string[]> {
  const tree = JSON.parse(configJson(model)) as Record<string, Record<string, unknown>>;
  const leaves = new Map<string, string[]>();
  const add = (path: string, value: unknown): void => {
    const text = (typeof value === 'string' ? value : JSON.stringify(value)).replaceAll('$$', '$');
    leaves.set(path, [...(leaves.get(path) ?? []), text]);
  };
  const walk = (path: string, value: unknown): void => {
    if (Array.isArray(value) && value.some((one) => typeof one === 'object')) for (const one of value) add(path, one);
    else if (typeof value !== 'object' || value === null || Array.isArray(value)) add(path, value);
    else for (const [key, inner] of Object.entries(value)) walk(`${path}.${key}`, inner);
  };
  for (const [section, entries] of Object.entries(tree)) {
    if (section === 'name') continue;
    for (const [name, entry] of Object.entries(entries)) {
      if (section !== 'services') walk(`${section}.${name}`, entry);
      else if (wanted(name)) {
        for (const [key, value] of Object.entries(entry as object)) {
          if (!apart.has(key)) walk(`services.${name}.${key}`, value);
        }
      }
    }
  }
  return leaves;
}
