import { createMasker, type Masker } from '#kit/mask-secrets.ts';
import { isSecretName } from '#kit/secret-name.ts';
import type { Model } from './compose/index.ts';

const plain = createMasker([]);
const asItIs: Masker = (text) => text;
const byModel = new WeakMap<Model, Masker>();

/** Hides the values that the model gives to secret variables, and whatever looks like a secret. Where there is no model, the latter only. */
export function maskerFor(model: Model | undefined, reveal: boolean): Masker {
  if (reveal) return asItIs;
  if (model === undefined) return plain;
  const known = byModel.get(model) ?? createMasker(secretValues(model));
  byModel.set(model, known);
  return known;
}

function secretValues(model: Model): string[] {
  return [...model.services.values()].flatMap(({ environment, build }) => [
    ...secretsOf(environment ?? {}),
    ...secretsOf(build?.args ?? {}),
  ]);
}

function secretsOf(values: Readonly<Record<string, string | null>>): string[] {
  return Object.entries(values).flatMap(([name, value]) => (value !== null && isSecretName(name) ? [value] : []));
}
