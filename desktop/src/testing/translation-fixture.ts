import type { Model, ServiceModel } from '#engine/compose/index.ts';
import type { Translation } from '#engine/stack/translate/container.ts';
import { image, model, service } from './stack-fixture.ts';

/** All that the translation of a service needs, with parents and linked containers of known names. */
export function translation(of: ServiceModel, more: Partial<Translation> = {}): Translation {
  return {
    model: model([of]),
    service: of,
    number: 1,
    finalName: `p-${of.name}-1`,
    createName: `p-${of.name}-1`,
    labels: {},
    image: image(of.image ?? ''),
    containerOf: (name) => `id-of-${name}`,
    containersOf: (name) => [`p-${name}-1`],
    seccomp: new Map(),
    proxies: {},
    apiVersion: '1.45',
    ...more,
  };
}

/** A service `a` and the model of its project, with networks, volumes, secrets and configs as given. */
export function project(of: Partial<ServiceModel>, more: Partial<Model> = {}): { service: ServiceModel; model: Model } {
  const made = service('a', of);
  return { service: made, model: { ...model([made]), ...more } };
}
