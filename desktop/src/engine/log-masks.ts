import { createMasker, type Masker } from '#kit/mask-secrets.ts';
import type { Model } from './compose/index.ts';
import { modelMasker } from './configuration/index.ts';

const plain = createMasker([]);
const asItIs: Masker = (text) => text;
const byModel = new WeakMap<Model, Masker>();

/** Hides the values that the model gives to secret variables, and whatever looks like a secret. Where there is no model, the latter only. */
export function maskerFor(model: Model | undefined, reveal: boolean): Masker {
  if (reveal) return asItIs;
  if (model === undefined) return plain;
  const known = byModel.get(model) ?? modelMasker(model);
  byModel.set(model, known);
  return known;
}
