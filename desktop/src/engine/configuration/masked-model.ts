import type { Model, ServiceModel } from '#engine/compose/index.ts';
import { createMasker, type Masker } from '#kit/mask-secrets.ts';
import { isSecretName, masked } from '#kit/secret-name.ts';

type Values = Readonly<Record<string, string | null>>;

/** The model with the values of secret variables masked. */
export function maskedModel(model: Model): Model {
  return { ...model, services: new Map([...model.services].map(([name, service]) => [name, maskService(service)])) };
}

/** Hides the values that the model gives to secret variables, and whatever looks like a secret. */
export function modelMasker(model: Model): Masker {
  return createMasker(secretValues(model));
}

/** The values that the model gives to secret variables. */
export function secretValues(model: Model): string[] {
  return [...model.services.values()].flatMap(({ environment, build }) => [
    ...secretsOf(environment ?? {}),
    ...secretsOf(build?.args ?? {}),
  ]);
}

function maskService(service: ServiceModel): ServiceModel {
  const { environment, build } = service;
  return {
    ...service,
    ...(environment ? { environment: maskValues(environment) } : {}),
    ...(build?.args ? { build: { ...build, args: maskValues(build.args) } } : {}),
  };
}

function maskValues(values: Values): Record<string, string | null> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, value !== null && isSecretName(name) ? masked : value]),
  );
}

function secretsOf(values: Values): string[] {
  return Object.entries(values).flatMap(([name, value]) => (value !== null && isSecretName(name) ? [value] : []));
}
