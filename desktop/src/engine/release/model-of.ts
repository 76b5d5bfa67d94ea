import { hashProfileOf, type Model, serviceHash } from '#engine/compose/index.ts';
import { imageName } from '#engine/stack/index.ts';

/** The variable that the compose files name versions with. */
const versionVariable = 'VERSION';

/** What a version is compared with: no registry has it. */
const sentinel = 'quayside-no-such-version';

/** Loads the files of an environment with other values for some variables. */
export type LoadWith = (environment: string, variables: Readonly<Record<string, string>>) => Promise<Model>;

/**
 * The images that a version stands for, by service: those services whose image changes with VERSION. Empty where the files
 * do not use it.
 */
export async function releasedImages(
  load: LoadWith,
  environment: string,
  version: string,
): Promise<Map<string, string>> {
  const [one, other] = await Promise.all(
    [version, sentinel].map((value) => load(environment, { [versionVariable]: value })),
  );
  const images = new Map<string, string>();
  if (!one || !other) return images;
  for (const service of one.services.values()) {
    const compared = other.services.get(service.name);
    if (service.image !== undefined && compared?.image !== service.image) images.set(service.name, service.image);
  }
  return images;
}

/** The image of every service as the files name it. */
export function imagesOf(model: Model): Map<string, string> {
  return new Map([...model.services.values()].map((service) => [service.name, imageName(model.name, service)]));
}

/** Config hashes as docker compose of that version would write them; a service that names another's container has no stable one. */
export function hashesOf(model: Model, composeVersion: string): Record<string, string> {
  const profile = hashProfileOf(composeVersion);
  const hashes = [...model.services.values()].flatMap((service) => {
    const [hash, other] = ['a', 'b'].map((id) => serviceHash(service, profile, () => id));
    return hash === undefined || hash !== other ? [] : [[service.name, hash] as const];
  });
  return Object.fromEntries(hashes);
}
