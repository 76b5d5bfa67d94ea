import { expect, test } from 'vitest';
import { deviceRequest, limitPair } from '../schema/parts.ts';
import { include, project } from '../schema/project.ts';
import type { Type } from '../schema/types.ts';
import { riskClasses } from './risk-classes.ts';

/** Paths of all keys that hold no further keys of the specification. */
function keysOf(type: Type, path: string): string[] {
  const below = (name: string): string => (path === '' ? name : `${path}.${name}`);
  switch (type.kind) {
    case 'struct':
      return [...type.fields].flatMap(([name, field]) => {
        if (path === '' && name === 'include') return keysOf({ kind: 'list', item: include }, name);
        return keysOf(field.type, below(name));
      });
    case 'list':
      return type.item.kind === 'struct' || type.item.kind === 'record' ? keysOf(type.item, below('*')) : [path];
    case 'record':
      return keysOf(type.value, below('*'));
    case 'gpus':
      return keysOf(deviceRequest, below('*'));
    case 'ulimit':
      return keysOf(limitPair, path);
    default:
      return [path];
  }
}

test('every key of the schema has a class, and the table names no key that the schema lacks', () => {
  const keys = keysOf(project, '');
  expect(keys.length).toBeGreaterThan(250);
  expect(keys.filter((key) => !riskClasses.has(key))).toEqual([]);
  expect([...riskClasses.keys()].filter((key) => !keys.includes(key))).toEqual([]);
});
