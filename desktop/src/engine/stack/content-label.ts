import { createHash, randomBytes } from 'node:crypto';
import type { Model, ServiceModel } from '#engine/compose/index.ts';
import { injectedFiles } from './translate/files.ts';

/**
 * The value of the label that tells later whether the secrets and configs which were copied into a container are still what the
 * files say; undefined where there are none. Salted, because it can be read by whoever may list containers.
 */
export function contentLabel(
  service: ServiceModel,
  model: Model,
  salt = randomBytes(8).toString('hex'),
): string | undefined {
  const files = injectedFiles(service, model);
  if (files.length === 0) return undefined;
  const digest = createHash('sha256').update(salt).update(JSON.stringify(files)).digest('hex');
  return `${salt}:${digest}`;
}

/** False where the content is known to be another; containers that docker compose made say nothing about it. */
export function isSameContent(label: string | undefined, service: ServiceModel, model: Model): boolean {
  if (label === undefined) return true;
  const [salt = ''] = label.split(':');
  return contentLabel(service, model, salt) === label;
}
