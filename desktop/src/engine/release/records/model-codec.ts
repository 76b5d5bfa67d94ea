import { findRisks, type Model } from '#engine/compose/index.ts';

/** The parts of a model that are maps. */
const maps = ['services', 'networks', 'volumes', 'secrets', 'configs'] as const;

/** A model as JSON. Of the environment only what secrets, configs and platforms are read from is kept. */
export function encodeModel(model: Model): string {
  const used = new Set([
    'DOCKER_DEFAULT_PLATFORM',
    ...[...model.secrets.values(), ...model.configs.values()].flatMap(({ environment }) => environment ?? []),
  ]);
  const environment = [...model.environment].filter(([name]) => used.has(name));
  const asEntries = Object.fromEntries(maps.map((key) => [key, [...model[key]]]));
  return JSON.stringify({ ...model, ...asEntries, environment, warnings: [] });
}

/** Undoes {@link encodeModel}; the text comes from a sealed record, so its shape is known. */
export function decodeModel(text: string): Model {
  const plain = JSON.parse(text) as Model & Record<(typeof maps)[number] | 'environment', never>;
  const asMaps = Object.fromEntries([...maps, 'environment' as const].map((key) => [key, new Map(plain[key])]));
  const model = { ...plain, ...asMaps };
  // Anew, for a record may be older than what is looked for: what create calls may show, without the lines of files that are gone.
  const place = { file: model.files[0] ?? '', line: 1, column: 1 };
  const risks = findRisks(model).filter((risk) => risk.power !== undefined);
  return { ...model, risks: risks.map(({ path: _path, ...risk }) => ({ ...risk, place })) };
}
