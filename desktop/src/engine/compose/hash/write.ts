import { isOmitted, isPlain, type Plain } from '../schema/omit.ts';
import { attachment, deviceRequest, fileReference, limitPair, mount } from '../schema/parts.ts';
import { ipam } from '../schema/project.ts';
import type { Field, StructType, Type } from '../schema/types.ts';
import { goJson, goString, sortedKeys } from './go-json.ts';
import type { HashRules } from './profile.ts';

/**
 * Serialises a value of the model by its schema, as the given generation of docker compose would: keys in declared order, empty
 * ones left out, maps sorted.
 */
function writeValue(value: unknown, type: Type, rules: HashRules): string {
  if (value === null || value === undefined) return type.kind === 'struct' && type.nullable !== true ? '{}' : 'null';
  switch (type.kind) {
    case 'struct':
      return isPlain(value) ? writeStruct(value, type, rules) : goJson(value);
    case 'list':
      return Array.isArray(value)
        ? `[${value.map((item) => writeValue(item, type.item, rules)).join(',')}]`
        : goJson(value);
    case 'record':
      return isPlain(value) ? writeRecord(value, type.value, rules) : goJson(value);
    case 'ulimit':
      return isPlain(value) ? writeStruct(value, limitPair, rules) : value === 0 ? '{}' : goJson(value);
    case 'gpus':
      return Array.isArray(value)
        ? `[${value.map((item) => writeValue(item, deviceRequest, rules)).join(',')}]`
        : goJson(value);
    default:
      return goJson(value);
  }
}

function writeRecord(value: Plain, type: Type, rules: HashRules): string {
  const parts = sortedKeys(value).map((key) => `${goString(key)}:${writeValue(value[key], type, rules)}`);
  return `{${parts.join(',')}}`;
}

/** Network attachments before 2.36: another order, and fewer keys. */
const attachmentFields = [
  'priority',
  'aliases',
  'ipv4_address',
  'ipv6_address',
  'link_local_ips',
  'mac_address',
  'driver_opts',
].flatMap((key) => {
  const field = attachment.fields.get(key);
  return field === undefined ? [] : [[key, field] as const];
});

/** Serialises an object by its schema; `without` names keys that are left out. */
export function writeStruct(value: Plain, type: StructType, rules: HashRules, without?: ReadonlySet<string>): string {
  const parts: string[] = [];
  for (const [key, field] of fieldsOf(type, rules)) {
    if (field.inputOnly === true || without?.has(key) === true) continue;
    const name = field.as ?? key;
    const own = fieldValue(value, name, type, rules);
    if (!isOmitted(own, field)) parts.push(`${goString(name)}:${writeField(own, field.type, rules)}`);
  }
  return `{${parts.join(',')}}`;
}

function writeField(value: unknown, type: Type, rules: HashRules): string {
  return value === undefined && type.kind === 'struct' ? writeStruct({}, type, rules) : writeValue(value, type, rules);
}

function fieldsOf(type: StructType, rules: HashRules): Iterable<readonly [string, Field]> {
  return type === attachment && rules.attachment === 'priority-first' ? attachmentFields : type.fields;
}

const bindType = mount.fields.get('bind')?.type;
const referenceType = fileReference.item;

function fieldValue(value: Plain, name: string, type: StructType, rules: HashRules): unknown {
  const own = value[name];
  if (type === bindType && name === 'create_host_path') {
    return own === (rules.hostPath === 'when-true') ? own : undefined;
  }
  if (type === referenceType && name === 'mode' && typeof own === 'string' && rules.mode === 'number') {
    return Number.parseInt(own, 8);
  }
  return type === ipam && name === 'options' && !rules.ipamOptions ? undefined : own;
}
