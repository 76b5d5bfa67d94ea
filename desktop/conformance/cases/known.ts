import type { KnownDifference } from '../area.ts';

/** Newer than the docker compose in question. */
const later = (because: string): KnownDifference => ({ until: '2.40', because });
const unknown = later('it does not know this yet');
const notYet: KnownDifference = { until: '5.0', because: 'it does not know this yet' };
const unprintable: KnownDifference = { until: '5.0', because: 'it cannot print SSH keys as JSON' };
const unmerged = later('newer versions merge them; they reach no container');
const colliding = later('the engine would refuse the container; newer versions refuse the file');

/** Where the tools differ on purpose, by area and item. */
export const known: Readonly<Record<string, Readonly<Record<string, KnownDifference>>>> = {
  services: {
    'pull_policy daily': unknown,
    'pull_policy weekly': unknown,
    'pull_policy every_12h': unknown,
    'networks interface name': unknown,
    'scale negative': later('newer versions refuse it'),
    'secrets mode as text': later('it reads the text as a decimal number; newer versions read octal'),
  },
  lifecycle: {
    'build ssh': unprintable,
    'build ssh map': unprintable,
    'build provenance': unknown,
    'build provenance text': unknown,
    'build no_cache_filter': notYet,
    'build no_cache_filter text': notYet,
    'develop restart': unknown,
    'develop texts': unknown,
    'hook without command': later('newer versions refuse it'),
    'develop exec newer keys': notYet,
    'hooks newer keys': notYet,
    'pre_start hook': notYet,
    'pre_start hook in full': notYet,
  },
  forms: {
    'ports bad host_ip': later('newer versions refuse it'),
    'volumes share': later('it takes the Windows path for a relative one'),
    'volumes long labels': unknown,
    'volumes long image': unknown,
    'volumes long odd type': later('newer versions refuse it'),
  },
  merge: {
    'volumes long': unknown,
    'tmpfs same path with options': colliding,
    'extensions of two files': unmerged,
    'extensions that are lists': unmerged,
    'extensions of other kinds': unmerged,
  },
  extends: {
    'short container name': later('newer versions refuse it, as the engine does'),
  },
  include: {
    conflict: { until: '5.0', because: 'newer versions let the including file win' },
    'conflict of volumes': { until: '5.0', because: 'newer versions let the including file win' },
  },
  'env-files': {
    'own variable in file': later('newer versions let an env file use the service’s own environment'),
    'name alone at the end': {
      because: 'it takes the last line for the value of a variable without name, which the engine refuses',
    },
  },
  precedence: {
    inherits: later('it fails on a name alone in the last line'),
  },
  yaml: {
    'date in the environment': later('it writes the date with time and zone; newer versions refuse it'),
    infinity: { since: '2.40', because: 'newer versions write +Inf, which nobody means' },
    'not a number': { since: '2.40', because: 'newer versions write NaN, which nobody means' },
  },
  normalisation: {
    'days and weeks': unknown,
    'container_name taken': colliding,
    'environment key with space': later('newer versions refuse it'),
    'same mount target twice': colliding,
    'extension as names of resources': {
      until: '5.0',
      because: 'it loses names that begin with "x-" where they are used',
    },
  },
  errors: {
    'mounts at one place': colliding,
    'container_name of two services': colliding,
    'bad host_ip': later('newer versions refuse it'),
    'unsupported external secret': {
      because: 'it refuses when the service is started, this engine when the file is read',
    },
  },
};
