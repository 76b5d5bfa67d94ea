import type { Item, KnownDifference } from '../area.ts';

/** Part of a compose file, as an object. */
export type Part = Readonly<Record<string, unknown>>;

/** One project whose containers, networks and volumes both tools create; each of them is one item. */
export interface Scene {
  readonly name: string;
  /** Services by name; `image` and a command that waits are filled in where they are missing. */
  readonly services: Readonly<Record<string, Part>>;
  readonly networks?: Readonly<Record<string, Part>>;
  readonly volumes?: Readonly<Record<string, Part>>;
  readonly secrets?: Readonly<Record<string, Part>>;
  readonly configs?: Readonly<Record<string, Part>>;
  readonly env?: Readonly<Record<string, string>>;
  /** Files of the project folder besides the compose file. */
  readonly files?: Readonly<Record<string, string>>;
  /** Paths in containers whose content, owner and mode are compared; the containers are started for it. */
  readonly reads?: Readonly<Record<string, readonly string[]>>;
  /** Neither tool can make anything of it. */
  readonly refused?: boolean;
  /** By name of a service, network or volume. */
  readonly differs?: Readonly<Record<string, KnownDifference>>;
}

export type ResourceKind = 'container' | 'network' | 'volume';

/** One resource of a scene. */
export interface PayloadItem extends Item {
  readonly scene: Scene;
  readonly kind: ResourceKind;
  /** Its key in the compose file. */
  readonly key: string;
}

/** Every resource of some scenes, named `scene/kind key`. */
export function itemsOf(scenes: readonly Scene[]): PayloadItem[] {
  return scenes.flatMap((scene) => [
    ...resources(scene, 'container', scene.services),
    ...resources(scene, 'network', scene.networks),
    ...resources(scene, 'volume', scene.volumes),
  ]);
}

function resources(scene: Scene, kind: ResourceKind, parts: Readonly<Record<string, Part>> = {}): PayloadItem[] {
  return Object.keys(parts).map((key) => {
    const differs = scene.differs?.[key];
    return { name: `${scene.name}/${kind} ${key}`, scene, kind, key, ...(differs === undefined ? {} : { differs }) };
  });
}
