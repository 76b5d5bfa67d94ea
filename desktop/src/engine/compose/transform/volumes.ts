import { say } from '#kit/say.ts';
import { invalid } from '../errors.ts';
import { boolOf, type MapNode, type Node, record, stringOf } from '../tree/node.ts';

/** The parts of the short form of a mount. */
export interface ShortVolume {
  readonly type: 'bind' | 'volume';
  readonly source: string;
  readonly target: string;
  readonly readOnly: boolean;
  readonly noCopy: boolean;
  readonly propagation: string;
  readonly selinux: string;
}

const propagations = new Set(['rprivate', 'private', 'rshared', 'shared', 'rslave', 'slave']);
const drive = /^\p{L}$/u;

type TextNode = Extract<Node, { kind: 'string' }>;

/** Reads `[SOURCE:]TARGET[:OPTIONS]`. Throws COMPOSE_INVALID. */
export function parseVolume(node: TextNode): ShortVolume {
  const spec = node.value;
  if (spec === '') throw invalid(node, say`a volume is an empty text`, say`Write SOURCE:TARGET.`);
  if (spec.length <= 2) return volume(['', spec], '');
  const parts = splitSpec(spec);
  if (parts.includes('')) throw invalid(node, say`the volume "${spec}" has an empty part between colons`);
  if (parts.length > 3)
    throw invalid(
      node,
      say`the volume "${spec}" has too many colons`,
      say`Use the long form with type, source and target.`,
    );
  const [first = '', second, options = ''] = parts;
  return second === undefined ? volume(['', first], '') : volume([first, second], options);
}

/** Splits at colons, but not at the one of a drive letter. */
function splitSpec(spec: string): string[] {
  const parts: string[] = [];
  let part = '';
  for (const character of spec) {
    if (character !== ':' || drive.test(part)) part += character;
    else {
      parts.push(part);
      part = '';
    }
  }
  return [...parts, part];
}

function volume([source, target]: readonly [string, string], options: string): ShortVolume {
  const words = options.split(',');
  const lastOf = (fits: (word: string) => boolean): string => words.findLast(fits) ?? '';
  return {
    type: isHostPath(source) ? 'bind' : 'volume',
    source,
    target,
    readOnly: lastOf((word) => word === 'ro' || word === 'rw') === 'ro',
    noCopy: words.includes('nocopy'),
    propagation: lastOf((word) => propagations.has(word)),
    selinux: lastOf((word) => word === 'z' || word === 'Z'),
  };
}

/** True for what is a path of the host, not the name of a volume. */
const isHostPath = (source: string): boolean => /^(?:[./~]|\\\\|\p{L}:)/u.test(source);

/** The long form of a short mount. */
export function longVolume(node: TextNode): MapNode {
  const short = parseVolume(node);
  const word = (value: string): Node | undefined => (value === '' ? undefined : stringOf(node, value));
  const hasBind = short.type === 'bind' || short.propagation !== '' || short.selinux !== '';
  const bind = record(node, {
    selinux: word(short.selinux),
    propagation: word(short.propagation),
    create_host_path: short.type === 'bind' ? boolOf(node, true) : undefined,
  });
  const hasVolume = short.type === 'volume' ? node.value.length > 2 : short.noCopy;
  return record(node, {
    type: stringOf(node, short.type),
    source: word(short.source),
    target: stringOf(node, short.target),
    read_only: short.readOnly ? boolOf(node, true) : undefined,
    bind: hasBind ? bind : undefined,
    volume: hasVolume ? record(node, { nocopy: short.noCopy ? boolOf(node, true) : undefined }) : undefined,
  });
}
