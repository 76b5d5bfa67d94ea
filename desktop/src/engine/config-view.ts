import { basename } from 'node:path';
import type { ConfigView } from '#contract/index.ts';
import { isSecretName, masked } from '#kit/secret-name.ts';
import {
  configJson,
  configYaml,
  hashProfileOf,
  type Model,
  type ModelWarning,
  type ServiceModel,
  serviceHash,
} from './compose/index.ts';
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
  const shown = reveal ? model : withoutSecrets(model);
  return {
    json: configJson(shown, profile),
    yaml: configYaml(shown, profile),
    warnings: model.warnings.map(withPlace),
    hashes: Object.fromEntries(services.map((service) => [service.name, serviceHash(service, profile)])),
  };
}

const withPlace = ({ message, place }: ModelWarning): string =>
  place === undefined ? message : `${basename(place.file)}:${place.line}:${place.column}: ${message}`;

function withoutSecrets(model: Model): Model {
  return { ...model, services: new Map([...model.services].map(([name, service]) => [name, maskService(service)])) };
}

function maskService(service: ServiceModel): ServiceModel {
  const { environment, build } = service;
  return {
    ...service,
    ...(environment ? { environment: maskValues(environment) } : {}),
    ...(build?.args ? { build: { ...build, args: maskValues(build.args) } } : {}),
  };
}

function maskValues(values: Readonly<Record<string, string | null>>): Record<string, string | null> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, value !== null && isSecretName(name) ? masked : value]),
  );
}
