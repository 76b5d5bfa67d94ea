/** Kinds of raw YAML values, by the names of JSON schema; `integer` is also a `number`. */
export type RawKind = 'string' | 'integer' | 'number' | 'boolean' | 'null';

/** What a scalar becomes in the model. `bytes` and `duration` are texts there, `float` is rounded to 32 bits. */
export type ScalarTarget = 'text' | 'int' | 'count' | 'mode' | 'float' | 'bool' | 'bytes' | 'duration' | 'any';

export interface ScalarType {
  readonly kind: 'scalar';
  readonly to: ScalarTarget;
  readonly accepts: readonly RawKind[];
  readonly oneOf?: readonly string[];
  /** What a text has to match, and the same in words. */
  readonly form?: { readonly pattern: RegExp; readonly words: string };
  readonly from?: number;
  readonly upTo?: number;
}

export interface ListType {
  readonly kind: 'list';
  readonly item: Type;
  /** A single text stands for a list of one. */
  readonly orText?: boolean;
  /** Equal items are an error. */
  readonly unique?: boolean;
}

/** A map with keys of the user's own. */
export interface RecordType {
  readonly kind: 'record';
  readonly value: Type;
  readonly keys?: RegExp;
  /** A list of texts stands for a map with these keys. */
  readonly orList?: boolean;
}

/** `KEY=VALUE` list or map. `nulls`: keep a key without value as null, or make it an empty text. */
export interface MappingType {
  readonly kind: 'mapping';
  readonly nulls: 'keep' | 'empty';
}

export interface StructType {
  readonly kind: 'struct';
  /** In the order in which they are serialised. */
  readonly fields: ReadonlyMap<string, Field>;
  /** Scalars that stand for the long form. */
  readonly short?: readonly RawKind[];
  readonly required?: readonly string[];
  readonly nullable?: boolean;
  /** False where even `x-` keys are refused. */
  readonly extensions?: boolean;
  /** Unknown keys are allowed and mean nothing. */
  readonly open?: boolean;
}

export interface OwnType {
  readonly kind: 'hosts' | 'command' | 'ulimit' | 'ssh' | 'gpus' | 'external' | 'any' | 'healthtest';
}

export type Type = ScalarType | ListType | RecordType | MappingType | StructType | OwnType;

/**
 * When a field is left out of the serialised model: `empty` = also when zero or empty, `nil` = only when it was not given,
 * `never` = always written.
 */
type Omit = 'empty' | 'nil' | 'never';

export interface Field {
  readonly type: Type;
  readonly omit: Omit;
  /** Name in the serialised model, where it is another one. */
  readonly as?: string;
  /** Known to the specification, but an input only: not part of the model. */
  readonly inputOnly?: boolean;
}

const scalar = (to: ScalarTarget, ...accepts: RawKind[]): ScalarType => ({ kind: 'scalar', to, accepts });

export const text = scalar('text', 'string');
export const textOrNumber = scalar('text', 'string', 'number');
export const integer = scalar('int', 'integer', 'string');
export const wholeNumber = scalar('int', 'number', 'string');
export const float = scalar('float', 'number', 'string');
export const flag = scalar('bool', 'boolean', 'string');
export const strictFlag = scalar('bool', 'boolean');
export const bytes = scalar('bytes', 'integer', 'string');
export const bytesOrNumber = scalar('bytes', 'number', 'string');
export const byteText = scalar('bytes', 'string');
export const duration = scalar('duration', 'string');
export const oneOf = (...words: string[]): ScalarType => ({ ...text, oneOf: words });

export const list = (item: Type, rest: Pick<ListType, 'orText' | 'unique'> = {}): ListType => ({
  kind: 'list',
  item,
  ...rest,
});
export const texts = list(text, { unique: true });
export const anyTexts = list(text);
export const textOrTexts = list(text, { unique: true, orText: true });
export const record = (value: Type, rest: { keys?: RegExp; orList?: boolean } = {}): RecordType => ({
  kind: 'record',
  value,
  ...rest,
});
export const labels: MappingType = { kind: 'mapping', nulls: 'empty' };
export const variables: MappingType = { kind: 'mapping', nulls: 'keep' };
export const own = (kind: OwnType['kind']): OwnType => ({ kind });

/** A field that is left out when empty. */
export const some = (type: Type): Field => ({ type, omit: 'empty' });
/** A field that is kept whenever it was given, even when zero. */
export const given = (type: Type): Field => ({ type, omit: 'nil' });
/** A field that is always written. */
export const always = (type: Type): Field => ({ type, omit: 'never' });
export const inputOnly = (type: Type): Field => ({ type, omit: 'empty', inputOnly: true });
export const named = (as: string, field: Field): Field => ({ ...field, as });

export const struct = (
  fields: Readonly<Record<string, Field>>,
  rest: Pick<StructType, 'short' | 'required' | 'nullable' | 'extensions' | 'open'> = {},
): StructType => ({ kind: 'struct', fields: new Map(Object.entries(fields)), ...rest });

/** Names that the specification allows for services, networks and the like. */
export const resourceName = /^[a-zA-Z0-9._-]+$/;
