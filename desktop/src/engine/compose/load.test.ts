import { expect, test } from 'vitest';
import { errorOf, load } from './testing.ts';

const one = (body: string): Record<string, string> => ({
  'compose.yml': `name: p\nservices:\n  a:\n    image: x\n    ${body}\n`,
});

test('an error names file, line and column, and what to do', async () => {
  const error = await errorOf(() => load(one('imagee: y')));
  expect(error.code).toBe('COMPOSE_INVALID');
  expect(error.message).toBe('compose.yml:5:5: the key "imagee" is not known in services.a');
  expect(error.remedy).toBe('Did you mean image?');
  expect(error.details?.['place']).toMatchObject({ line: 5, column: 5 });
});

test.for([
  ['ports: {a: b}', 'compose.yml:5:12: services.a.ports has to be a list, not a map'],
  ['scale: x', 'compose.yml:5:12: services.a.scale has to be a whole number, not "x"'],
  ['depends_on: [b]', 'compose.yml:5:18: the service a depends on b'],
  ['volumes: ["data:/d"]', 'compose.yml:5:15: the service a refers to the undefined volume data'],
  ['image: y', 'compose.yml:5:5: "image" is already defined on line 4'],
  ['hostname: 2020-01-01', 'compose.yml:5:15: services.a.hostname has to be a text, not a date'],
] as const)('%s is refused at its place', async ([body, message]) => {
  const error = await errorOf(() => load(one(body)));
  expect(error.message).toContain(message);
  expect(error.code).toBe('COMPOSE_INVALID');
});

test('a required variable that is not set has a code of its own and is named', async () => {
  const error = await errorOf(() => load(one('user: "${APP_USER:?the user to run as}"')));
  expect(error.code).toBe('VARIABLE_MISSING');
  expect(error.message).toContain('compose.yml:5:11: the variable APP_USER');
  expect(error.message).toContain('the user to run as');
  expect(error.details?.['variable']).toBe('APP_USER');
});

test.for([
  ['provider: {type: x}', 'provider'],
  ['use_api_socket: true', 'use_api_socket'],
  ['credential_spec: {file: f}', 'credential_spec'],
  ['extends: {service: b, file: "https://example.com/x.yml"}', 'remote'],
] as const)('%s is refused by name', async ([body, word]) => {
  const error = await errorOf(() => load(one(body)));
  expect(error.code).toBe('COMPOSE_UNSUPPORTED');
  expect(error.message).toContain(word);
  expect(error.message).toMatch(/^compose\.yml:5:\d+: /);
});

test('external secrets are refused by name', async () => {
  const error = await errorOf(() =>
    load({ 'compose.yml': 'name: p\nservices: {a: {image: x, secrets: [s]}}\nsecrets: {s: {external: true}}' }),
  );
  expect(error.code).toBe('COMPOSE_UNSUPPORTED');
});

test('a missing file is told apart from a bad one', async () => {
  expect((await errorOf(() => load({}, { files: ['none.yml'] }))).code).toBe('PROJECT_NOT_FOUND');
  expect((await errorOf(() => load(one('env_file: none.env')))).code).toBe('PROJECT_NOT_FOUND');
});

test('traps are warned about with their place', async () => {
  const model = await load({
    'compose.yml':
      'version: "3"\nname: p\nservices:\n  a:\n    image: "x:${TAG}"\n    command: run && echo done\n    labels: {mode: 0777, area: 010}\n    tty: "yes"\n',
  });
  const seen = model.warnings.map((warning) => `${warning.place?.line ?? 0}: ${warning.message}`).sort();
  expect(seen).toEqual([
    expect.stringContaining('1: "version" is obsolete'),
    expect.stringContaining('5: the variable TAG is not set'),
    expect.stringContaining('6: services.a.command is not run by a shell: "&& echo done" is dropped'),
    expect.stringContaining('7: 010 is read as an octal number, 8'),
    expect.stringContaining('8: "yes" at services.a.tty is read as true'),
  ]);
});

test('a chain of extends without end is refused, an ordinary one is followed', async () => {
  const chain = (from: number, to: number): string =>
    Array.from({ length: to - from }, (_, index) => `  s${from + index}: {extends: s${from + index + 1}}\n`).join('');
  const begun = (to: number): string => `name: p\nservices:\n${chain(0, to)}`;
  expect((await load({ 'compose.yml': `${begun(100)}  s100: {image: x}\n` })).services.get('s0')?.image).toBe('x');
  // A single file may not have that many services.
  const files = {
    'compose.yml': `${begun(150)}  s150: {extends: {file: more.yml, service: s151}}\n`,
    'more.yml': `services:\n${chain(151, 300)}  s300: {image: x}\n`,
  };
  const error = await errorOf(() => load(files));
  expect(error.message).toContain('over more than 200 steps');
});

test('an extra host that both files name stays one', async () => {
  const file = (hosts: string): string => `name: p\nservices: {a: {image: x, extra_hosts: ${hosts}}}`;
  const model = await load({ 'a.yml': file('["h=1.1.1.1"]'), 'b.yml': file('{h: 1.1.1.1, i: 2.2.2.2}') });
  expect(model.services.get('a')?.['extra_hosts']).toEqual(['h=1.1.1.1', 'i=2.2.2.2']);
});

test('services keep the order of the file, also when they are numbers', async () => {
  const model = await load({
    'compose.yml': 'name: p\nservices: {b: {image: x}, "10": {image: x}, a: {image: x}, "2": {image: x}}',
  });
  expect([...model.services.keys()]).toEqual(['b', '10', 'a', '2']);
});

test('the project name comes from the strongest source', async () => {
  const files = { 'compose.yml': 'name: file\nservices: {a: {image: x}}' };
  const plain = { 'compose.yml': 'services: {a: {image: x}}' };
  const env = { COMPOSE_PROJECT_NAME: 'variable' };
  expect((await load(files, { projectName: 'option', env })).name).toBe('option');
  expect((await load(files, { env })).name).toBe('variable');
  expect((await load(files, { fallbackName: 'fallback' })).name).toBe('file');
  expect((await load(plain, { fallbackName: 'My Fallback' })).name).toBe('myfallback');
  expect((await load(plain)).name).toMatch(/^qs-load-/);
});

test('only what enabled services use is kept, and disabled services stay known', async () => {
  const model = await load({
    'compose.yml':
      'name: p\nservices: {a: {image: x, networks: [n]}, b: {image: y, profiles: [q], volumes: ["vv:/v"]}}\nnetworks: {n: , m: }\nvolumes: {vv: }',
  });
  expect([...model.services.keys()]).toEqual(['a']);
  expect(model.disabled).toEqual(['b']);
  expect([...model.networks.keys()]).toEqual(['n']);
  expect(model.volumes.size).toBe(0);
});
