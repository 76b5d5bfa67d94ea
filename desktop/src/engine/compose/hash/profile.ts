import type { HashProfile } from '../model.ts';

/** What differs between the generations of docker compose in the text that is hashed. */
export interface HashRules {
  /** Keys of a service that are left out. */
  readonly without: ReadonlySet<string>;
  /** Order of the keys of a network attachment. */
  readonly attachment: 'priority-first' | 'alphabetical';
  /** How the mode of a secret or config is written. */
  readonly mode: 'number' | 'octal';
  /** Whether `create_host_path` of a bind mount is written when true or when false. */
  readonly hostPath: 'when-true' | 'when-false';
  /** Whether the options of a network's address management are written. */
  readonly ipamOptions: boolean;
}

const always = ['build', 'pull_policy', 'scale', 'env_file', 'extends'];

const first: HashRules = {
  without: new Set(always),
  attachment: 'priority-first',
  mode: 'number',
  hostPath: 'when-true',
  ipamOptions: false,
};
const without29: HashRules = { ...first, without: new Set([...always, 'depends_on']) };
const without30: HashRules = { ...first, without: new Set([...always, 'depends_on', 'profiles']) };
const octal34: HashRules = { ...without30, mode: 'octal' };
const alphabetical36: HashRules = { ...octal34, attachment: 'alphabetical' };
const hostPath5: HashRules = { ...alphabetical36, hostPath: 'when-false' };

const rules: Readonly<Record<HashProfile, HashRules>> = {
  P1: first,
  'P1.29': without29,
  'P1.30': without30,
  'P1.34': octal34,
  P2: alphabetical36,
  P5: hostPath5,
  'P5.2': { ...hostPath5, ipamOptions: true },
};

export const hashRules = (profile: HashProfile): HashRules => rules[profile];

/** The serialisation of the newest docker compose that is known. */
export const newestProfile: HashProfile = 'P5.2';

const boundaries: readonly (readonly [HashProfile, number, number, number])[] = [
  ['P5.2', 5, 2, 0],
  ['P5', 5, 0, 0],
  ['P2', 2, 36, 0],
  ['P1.34', 2, 34, 0],
  ['P1.30', 2, 30, 2],
  ['P1.29', 2, 29, 3],
];

/**
 * The profile of a docker compose version, as found in the label com.docker.compose.version (`2.26.1`, `v2.40.3`, `2.26.1-4`).
 * A text that is no version gives the newest.
 */
export function hashProfileOf(version: string): HashProfile {
  const found = /^v?(\d+)\.(\d+)(?:\.(\d+))?/.exec(version);
  if (found === null) return newestProfile;
  const parts = [Number(found[1]), Number(found[2]), Number(found[3] ?? 0)] as const;
  for (const [profile, ...from] of boundaries) {
    if (atLeast(parts, from)) return profile;
  }
  return 'P1';
}

function atLeast(version: readonly [number, number, number], from: readonly [number, number, number]): boolean {
  for (let index = 0; index < 3; index++) {
    const difference = (version[index] ?? 0) - (from[index] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}
