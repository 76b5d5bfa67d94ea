import { type Case, overrides } from '../case.ts';
import { base, both, one, over, reset } from './merge-files.ts';

/** `!reset` and `!override`. */
export const resetCases: readonly Case[] = [
  overrides('three files', base, over, reset),
  overrides('over the base', base, reset),
  both('scalar', 'user: u\n    tty: true', 'user: !reset null\n    tty: !reset false'),
  both('list', 'ports: ["1:1"]', 'ports: !reset []'),
  both('list override', 'ports: ["1:1", "2:2"]', 'ports: !override ["3:3"]'),
  both('map', 'labels: {a: 1}', 'labels: !reset {}'),
  both('map override', 'labels: {a: 1, b: 2}', 'labels: !override {c: 3}'),
  both(
    'entry of a map',
    'labels: {a: 1, b: 2}\n    environment: {A: 1, B: 2}',
    'labels: {a: !reset null}\n    environment: {A: !reset null}',
  ),
  both('entry of a list form', 'environment: [A=1, B=2]', 'environment: {A: !reset null}'),
  both('element of a list', 'ports: ["1:1", "2:2"]', 'ports: [!reset "1:1"]'),
  both(
    'nested',
    'deploy: {resources: {limits: {cpus: "1", memory: 1g}}}',
    'deploy: {resources: {limits: {cpus: !reset null}}}',
  ),
  both('nested override', 'build: {context: a, args: {A: 1}}', 'build: !override {context: b}'),
  both('override of a scalar', 'user: a', 'user: !override b'),
  both('override with null', 'command: a', 'command: !override null'),
  both('reset with a value', 'user: a', 'user: !reset b'),
  both('what was not there', 'user: a', 'command: !reset null\n    ports: !override ["1:1"]'),
  both(
    'network of a service',
    'networks: {n1: {aliases: [a]}, n2: }',
    'networks: {n1: !reset null}',
    'networks: {n1: , n2: }\n',
  ),
  both(
    'dependency',
    'depends_on: {b: {condition: service_started}, c: {condition: service_started}}',
    'depends_on: {b: !reset null}',
    '  b: {image: y}\n  c: {image: z}\n',
  ),
  both(
    'dependency of a list',
    'depends_on: [b, c]',
    'depends_on: {b: !reset null}',
    '  b: {image: y}\n  c: {image: z}\n',
  ),
  overrides('a service', `${one('user: u')}  b: {image: y}\n`, 'services: {b: !reset null}'),
  overrides('override of a service', one('user: u'), 'services: {a: !override {image: y}}'),
  overrides('all services', one('user: u'), 'services: !reset {}'),
  overrides(
    'a network',
    `${one('user: u')}networks: {n: {driver: d}}`,
    'networks: {n: !reset {}}\nservices: {a: {networks: [n]}}',
  ),
  overrides('in the only file', one('user: !reset null\n    ports: !override ["1:1"]')),
  overrides(
    'through an anchor',
    one('user: u\n    hostname: h'),
    'x-r: &r !reset null\nservices: {a: {user: *r, hostname: *r}}',
  ),
  overrides(
    'override through an anchor',
    one('ports: ["1:1"]'),
    'x-r: &r !override ["2:2"]\nservices: {a: {ports: *r}}',
  ),
  overrides('in the middle file', one('ports: ["1:1"]'), one('ports: !override ["2:2"]'), one('ports: ["3:3"]')),
  overrides('documents', `${one('user: u')}---\n${one('user: !reset null\n    tty: true')}`),
  overrides('of a merged map', one('labels: {a: 1}'), 'x-b: &b {labels: !reset {}}\nservices: {a: {<<: *b}}'),
];
