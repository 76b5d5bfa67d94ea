import { basename } from 'node:path';
import type { ConfigView } from '#contract/index.ts';
import { configJson, configYaml, hashProfileOf, type ModelWarning, serviceHash } from './compose/index.ts';
import { maskedModel } from './configuration/index.ts';
import type { EngineLink } from './link.ts';
import type { ProjectFiles } from './project-files.ts';

/** The resolved model as docker compose prints it, with the hashes that it would write. */
export async function showConfig(
  files: ProjectFiles,
  link: () => Promise<EngineLink>,
  environment: string,
  reveal: boolean,
): Promise<ConfigView> {
  const { model, error } = await files.load(environment);
  if (!model) throw error;
  const profile = hashProfileOf(await (await link()).composeVersion());
  const services = [...model.services.values()];
  const shown = reveal ? model : maskedModel(model);
  return {
    json: configJson(shown, profile),
    yaml: configYaml(shown, profile),
    warnings: model.warnings.map(withPlace),
    hashes: Object.fromEntries(services.map((service) => [service.name, serviceHash(service, profile)])),
  };
}

const withPlace = ({ message, place }: ModelWarning): string =>
  place === undefined ? message : `${basename(place.file)}:${place.line}:${place.column}: ${message}`;
