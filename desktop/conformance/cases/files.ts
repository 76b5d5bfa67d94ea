import { type Case, file } from '../case.ts';

const main = (services: string, rest = ''): string => `name: qs-case\nservices: ${services}\n${rest}`;
const extending = (
  name: string,
  services: string,
  files: Record<string, string> = {},
  more: Partial<Case> = {},
): Case => file(name, main(services), { ...more, files });

/** `extends`. */
export const extendsCases: readonly Case[] = [
  extending(
    'in the file',
    '{b: {image: x, environment: {A: 1, B: 2}, ports: ["1:1"], depends_on: [c]}, a: {extends: b, environment: [B=3], ports: ["2:2"]}, c: {image: z}}',
  ),
  extending('long form', '{b: {image: x, user: u}, a: {extends: {service: b}, tty: true}}'),
  extending(
    'several levels',
    '{c: {image: x, labels: {a: 1}}, b: {extends: c, labels: {b: 2}}, a: {extends: b, labels: {a: 3}}}',
  ),
  extending('order of services', '{a: {extends: b}, b: {extends: c, user: u}, c: {image: x}}'),
  extending(
    'every list',
    '{b: {image: x, volumes: ["./x:/x"], cap_add: [A], dns: 1.1.1.1, tmpfs: /t, expose: [80], secrets: [s]}, a: {extends: b, volumes: ["./y:/x"], cap_add: [A, B], dns: [8.8.8.8], tmpfs: [/u], expose: [81], secrets: [s]}}',
    {},
    {},
  ),
  file(
    'inherits what it depends on',
    main(
      '{c: {image: z}, b: {image: x, depends_on: {c: {condition: service_healthy}}, links: [c], volumes_from: [c]}, a: {extends: b}}',
    ),
  ),
  file('network_mode of the base', main('{b: {image: x, network_mode: host}, a: {extends: b}}')),
  file(
    'network_mode over networks of the base',
    main('{b: {image: x, networks: [n]}, a: {extends: b, network_mode: host}}', 'networks: {n: }'),
  ),
  file(
    'scale and container_name',
    main('{b: {image: x, container_name: cc, scale: 1}, a: {extends: b, container_name: dd}}'),
  ),
  file('short container name', main('{b: {image: x, container_name: c}, a: {extends: b, container_name: d}}')),
  file('profiles of the base', main('{b: {image: x, profiles: [p]}, a: {extends: b}, c: {image: y}}')),
  file(
    'command and entrypoint',
    main('{b: {image: x, command: a, entrypoint: [e]}, a: {extends: b, command: [c, d]}}'),
  ),
  file(
    'build and image',
    main('{b: {build: {context: ./x, args: {A: 1}}}, a: {extends: b, image: y, build: {args: {B: 2}}}}'),
  ),
  file(
    'healthcheck',
    main('{b: {image: x, healthcheck: {test: a, interval: 1s}}, a: {extends: b, healthcheck: {disable: true}}}'),
  ),
  file('extension keys', main('{b: {image: x, x-k: {a: 1}}, a: {extends: b, x-k: {b: 2}}}')),
  file(
    'reset',
    main('{b: {image: x, ports: ["1:1"], tty: true}, a: {extends: b, ports: !reset [], tty: !override false}}'),
  ),
  file('with an override file', main('{b: {image: x, user: u}, a: {extends: b, user: v}}'), {
    files: { 'over.yml': 'services: {a: {user: w}, b: {labels: {a: 1}}}' },
    use: ['compose.yml', 'over.yml'],
  }),
  file('in the override file', main('{b: {image: x, user: u}, a: {image: y}}'), {
    files: { 'over.yml': 'services: {a: {extends: {service: b, file: compose.yml}, tty: true}}' },
    use: ['compose.yml', 'over.yml'],
  }),
  file('from the override file without a file name', main('{b: {image: x, user: u}, a: {image: y}}'), {
    files: { 'over.yml': 'services: {a: {extends: b, tty: true}}' },
    use: ['compose.yml', 'over.yml'],
  }),
  extending('another file', '{a: {extends: {service: s, file: sub/base.yml}, environment: {B: 2}}}', {
    'sub/base.yml':
      'services:\n  s: {image: "x:${TAG:-1}", volumes: ["./d:/d"], environment: {A: 1}, build: ., extends: t}\n  t: {user: u, env_file: e.env}\n',
    'sub/e.env': 'Z=1\n',
  }),
  extending('another file, every path', '{a: {extends: {service: s, file: sub/base.yml}}}', {
    'sub/base.yml':
      'services:\n  s: {build: {context: ./c, dockerfile: ../D, additional_contexts: {r: ./r, u: "https://x/y.git"}}, volumes: ["../up:/u", "~/h:/h", "/abs:/a", {type: bind, source: ./l, target: /l}], develop: {watch: [{path: ./w, action: rebuild}]}}\n',
  }),
  extending('another file, env file', '{a: {extends: {service: s, file: sub/base.yml}, env_file: own.env}}', {
    'sub/base.yml': 'services: {s: {image: x, env_file: [e.env]}}\n',
    'sub/e.env': 'A=base\nB=base\n',
    'own.env': 'A=own\n',
  }),
  extending('a chain of files', '{a: {extends: {service: s, file: one/f.yml}}}', {
    'one/f.yml': 'services: {s: {extends: {service: t, file: two/g.yml}, volumes: ["./a:/a"]}}\n',
    'one/two/g.yml': 'services: {t: {image: x, volumes: ["./b:/b"]}}\n',
  }),
  extending('another file that is not valid', '{a: {extends: {service: s, file: b.yml}}}', {
    'b.yml': 'services: {s: {image: x}, other: {imagee: y}}\nnetworks: {n: {bad: 1}}\n',
  }),
  extending('another file with a bad key in the service', '{a: {extends: {service: s, file: b.yml}}}', {
    'b.yml': 'services: {s: {image: x, nope: 1}}\n',
  }),
  extending('another file with documents', '{a: {extends: {service: s, file: b.yml}}}', {
    'b.yml': 'services: {s: {image: x}}\n---\nservices: {s: {user: u}}\n',
  }),
  extending('another file that uses its networks', '{a: {extends: {service: s, file: b.yml}}}', {
    'b.yml': 'services: {s: {image: x, networks: [n]}}\nnetworks: {n: }\n',
  }),
  extending('another file without services', '{a: {extends: {service: s, file: b.yml}}}', { 'b.yml': 'name: x\n' }),
  extending('another file without the service', '{a: {extends: {service: s, file: b.yml}}}', {
    'b.yml': 'services: {t: {image: x}}\n',
  }),
  extending('file name with a variable', '{a: {extends: {service: s, file: "${F:-b.yml}"}}}', {
    'b.yml': 'services: {s: {image: x}}\n',
  }),
  extending('missing file', '{a: {image: x, extends: {service: b, file: no.yml}}}'),
  extending('unknown service', '{a: {image: x, extends: b}}'),
  extending('circle', '{a: {image: x, extends: b}, b: {extends: a}}'),
  extending('itself', '{a: {image: x, extends: a}}'),
  extending('circle of files', '{a: {extends: {service: s, file: b.yml}}}', {
    'b.yml': 'services: {s: {image: x, extends: {service: a, file: compose.yml}}}\n',
  }),
  extending('same name in another file', '{a: {extends: {service: a, file: b.yml}, tty: true}}', {
    'b.yml': 'services: {a: {image: x}}\n',
  }),
  extending('without a service', '{a: {image: x, extends: {file: b.yml}}}', { 'b.yml': 'services: {a: {image: x}}\n' }),
  extending('a list', '{a: {image: x, extends: [b]}, b: {image: y}}'),
  extending('unknown key', '{a: {image: x, extends: {service: b, fil: c}}, b: {image: y}}'),
  extending('null', '{a: {image: x, extends: }}'),
  extending('a null service', '{a: {image: x, extends: b}, b: }'),
];

/** `include` of local files. */
export const includeCases: readonly Case[] = [
  file('short', `include: [inc/compose.yml]\n${main('{a: {image: x, depends_on: [b]}}')}`, {
    files: {
      'inc/compose.yml': 'services: {b: {image: "y:${V}", volumes: ["./d:/d", "vv:/v"]}}\nvolumes: {vv: }\n',
      'inc/.env': 'V=7\n',
    },
  }),
  file(
    'long',
    'name: qs-case\ninclude: [{path: [inc/a.yml, inc/b.yml], project_directory: other, env_file: e.env}]\n',
    {
      files: {
        'inc/a.yml': 'services: {b: {image: "y:${V}", volumes: ["./d:/d"]}}\n',
        'inc/b.yml': 'services: {b: {user: u}}\n',
        'e.env': 'V=9\n',
        'other/keep': '',
      },
    },
  ),
  file('path as text', 'name: qs-case\ninclude: [{path: inc/a.yml}]\n', {
    files: { 'inc/a.yml': 'services: {b: {image: y, build: .}}\n' },
  }),
  file('two files', 'name: qs-case\ninclude: [one.yml, two.yml]\n', {
    files: {
      'one.yml': 'services: {b: {image: y}}\nnetworks: {n: }\n',
      'two.yml': 'services: {c: {image: z, networks: [n]}}\nnetworks: {n: }\n',
    },
  }),
  file('nested', 'name: qs-case\ninclude: [one/one.yml]\n', {
    files: {
      'one/one.yml': 'include: [two/two.yml]\nservices: {b: {image: y, volumes: ["./b:/b"]}}\n',
      'one/two/two.yml': 'services: {c: {image: z, volumes: ["./c:/c"]}}\n',
    },
  }),
  file('several env files', 'name: qs-case\ninclude: [{path: inc/a.yml, env_file: [e.env, f.env]}]\n', {
    files: { 'inc/a.yml': 'services: {b: {image: "y:${V}-${W}"}}\n', 'e.env': 'V=1\nW=1\n', 'f.env': 'W=2\n' },
  }),
  file('env file against the shell', 'name: qs-case\ninclude: [{path: inc/a.yml, env_file: e.env}]\n', {
    files: { 'inc/a.yml': 'services: {b: {image: "y:${V}", environment: [V]}}\n', 'e.env': 'V=file\n' },
    env: { V: 'shell' },
  }),
  file(
    'env file against .env',
    'name: qs-case\ninclude: [{path: inc/a.yml, env_file: e.env}]\nservices: {a: {image: "x:${V}"}}\n',
    {
      files: { 'inc/a.yml': 'services: {b: {image: "y:${V}"}}\n', 'e.env': 'V=file\n', '.env': 'V=dot\n' },
    },
  ),
  file('no env file', 'name: qs-case\ninclude: [{path: inc/a.yml, env_file: /dev/null}]\n', {
    files: { 'inc/a.yml': 'services: {b: {image: "y:${V:-none}"}}\n', 'inc/.env': 'V=dot\n' },
  }),
  file(
    'variable only of the include',
    'name: qs-case\ninclude: [inc/a.yml]\nservices: {a: {image: "x:${V:-unset}"}}\n',
    {
      files: { 'inc/a.yml': 'services: {b: {image: "y:${V}"}}\n', 'inc/.env': 'V=dot\n' },
    },
  ),
  file('environment without value in an include', 'name: qs-case\ninclude: [inc/a.yml]\n', {
    files: { 'inc/a.yml': 'services: {b: {image: y, environment: [V, W]}}\n', 'inc/.env': 'V=dot\n' },
  }),
  file('env_file in an include', 'name: qs-case\ninclude: [inc/a.yml]\n', {
    files: {
      'inc/a.yml': 'services: {b: {image: y, env_file: own.env}}\n',
      'inc/own.env': 'A=${V}\n',
      'inc/.env': 'V=dot\n',
    },
  }),
  file('project name', 'name: qs-case\ninclude: [inc/a.yml]\n', {
    files: { 'inc/a.yml': 'name: other\nservices: {b: {image: "y:${COMPOSE_PROJECT_NAME}"}}\n' },
  }),
  file('profiles', 'name: qs-case\ninclude: [inc/a.yml]\n', {
    files: { 'inc/a.yml': 'services: {b: {image: y, profiles: [p]}, c: {image: z}}\n' },
  }),
  file(
    'everything',
    'name: qs-case\ninclude: [inc/a.yml]\nservices: {a: {image: x, networks: [n], volumes: ["vv:/v"], secrets: [s], configs: [c]}}\n',
    {
      files: {
        'inc/a.yml':
          'networks: {n: {driver: d}}\nvolumes: {vv: {name: w}}\nsecrets: {s: {file: ./s}}\nconfigs: {c: {file: ./c}}\n',
      },
    },
  ),
  file('extends within', 'name: qs-case\ninclude: [inc/a.yml]\n', {
    files: {
      'inc/a.yml': 'services: {b: {extends: {service: s, file: base.yml}}}\n',
      'inc/base.yml': 'services: {s: {image: y, volumes: ["./d:/d"]}}\n',
    },
  }),
  file('extends of an included service', 'name: qs-case\ninclude: [inc/a.yml]\nservices: {a: {extends: b}}\n', {
    files: { 'inc/a.yml': 'services: {b: {image: y}}\n' },
  }),
  file('extensions', 'name: qs-case\ninclude: [inc/a.yml]\nx-own: 1\n', {
    files: { 'inc/a.yml': 'services: {b: {image: y}}\nx-other: 2\n' },
  }),
  file('conflict', 'name: qs-case\ninclude: [inc/a.yml]\nservices: {b: {image: x, user: u}}\n', {
    files: { 'inc/a.yml': 'services: {b: {image: y}}\n' },
  }),
  file('same definition', 'name: qs-case\ninclude: [inc/a.yml]\nservices: {b: {image: y}}\n', {
    files: { 'inc/a.yml': 'services: {b: {image: y}}\n' },
  }),
  file('conflict of volumes', 'name: qs-case\ninclude: [inc/a.yml]\nvolumes: {v: {name: a}}\n', {
    files: { 'inc/a.yml': 'services: {b: {image: y, volumes: ["v:/v"]}}\nvolumes: {v: {name: b}}\n' },
  }),
  file('override file changes an included service', 'name: qs-case\ninclude: [inc/a.yml]\n', {
    files: {
      'inc/a.yml': 'services: {b: {image: y, volumes: ["./d:/d"]}}\n',
      'over.yml': 'services: {b: {user: u, volumes: ["./e:/e"]}}\n',
    },
    use: ['compose.yml', 'over.yml'],
  }),
  file('in a second file', main('{a: {image: x}}'), {
    files: { 'inc/a.yml': 'services: {b: {image: y}}\n', 'over.yml': 'include: [inc/a.yml]\n' },
    use: ['compose.yml', 'over.yml'],
  }),
  file('reset of an included list', 'name: qs-case\ninclude: [{path: [inc/a.yml, inc/b.yml]}]\n', {
    files: {
      'inc/a.yml': 'services: {b: {image: y, ports: ["1:1"]}}\n',
      'inc/b.yml': 'services: {b: {ports: !override ["2:2"]}}\n',
    },
  }),
  file('variable in the path', 'name: qs-case\ninclude: ["${D:-inc}/a.yml"]\n', {
    files: { 'inc/a.yml': 'services: {b: {image: y}}\n' },
  }),
  file('missing', `include: [no.yml]\n${main('{a: {image: x}}')}`),
  file('missing env file', 'name: qs-case\ninclude: [{path: inc/a.yml, env_file: no.env}]\n', {
    files: { 'inc/a.yml': 'services: {b: {image: y}}\n' },
  }),
  file('circle', `include: [compose.yml]\n${main('{a: {image: x}}')}`),
  file('circle of two', 'name: qs-case\ninclude: [b.yml]\nservices: {a: {image: x}}\n', {
    files: { 'b.yml': 'include: [compose.yml]\nservices: {b: {image: y}}\n' },
  }),
  file('not a list', `include: inc/a.yml\n${main('{a: {image: x}}')}`, {
    files: { 'inc/a.yml': 'services: {b: {image: y}}\n' },
  }),
  file('a number', `include: [5]\n${main('{a: {image: x}}')}`),
  file('unknown key', `include: [{path: inc/a.yml, x: y}]\n${main('{a: {image: x}}')}`, {
    files: { 'inc/a.yml': 'services: {b: {image: y}}\n' },
  }),
  file('invalid file', `include: [inc/a.yml]\n${main('{a: {image: x}}')}`, {
    files: { 'inc/a.yml': 'services: {b: {imagee: y}}\n' },
  }),
  file('undefined network within', `include: [inc/a.yml]\n${main('{a: {image: x}}', 'networks: {n: }')}`, {
    files: { 'inc/a.yml': 'services: {b: {image: y, networks: [n]}}\n' },
  }),
  file('empty list', `include: []\n${main('{a: {image: x}}')}`),
  file('same file twice', 'name: qs-case\ninclude: [inc/a.yml, inc/a.yml]\n', {
    files: { 'inc/a.yml': 'services: {b: {image: y}}\n' },
  }),
];

const profiled = main('{a: {image: x}, b: {image: y, profiles: [p]}, c: {image: z, profiles: [p, q]}}');

/** Profiles. */
export const profileCases: readonly Case[] = [
  file('none active', profiled),
  file('one', profiled, { profiles: ['q'] }),
  file('two', profiled, { profiles: ['p', 'q'] }),
  file('all', profiled, { profiles: ['*'] }),
  file('unknown', profiled, { profiles: ['nope'] }),
  file('variable', profiled, { env: { COMPOSE_PROFILES: 'q,p' } }),
  file('variable with spaces', profiled, { env: { COMPOSE_PROFILES: ' q , p' } }),
  file('variable with a star', profiled, { env: { COMPOSE_PROFILES: '*' } }),
  file('option over variable', profiled, { env: { COMPOSE_PROFILES: 'q' }, profiles: ['nope'] }),
  file('variable of .env', profiled, { files: { '.env': 'COMPOSE_PROFILES=q\n' } }),
  file('variable empty', profiled, { env: { COMPOSE_PROFILES: '' } }),
  file('dependency on a disabled service', main('{a: {image: x, depends_on: [b]}, b: {image: y, profiles: [p]}}')),
  file(
    'optional dependency on a disabled service',
    main(
      '{a: {image: x, depends_on: {b: {condition: service_started, required: false}}}, b: {image: y, profiles: [p]}}',
    ),
  ),
  file(
    'dependency of a disabled service',
    main('{a: {image: x}, b: {image: y, profiles: [p], depends_on: [c]}, c: {image: z, profiles: [q]}}'),
  ),
  file(
    'dependency with the same profile',
    main('{a: {image: x}, b: {image: y, profiles: [p], depends_on: [c]}, c: {image: z, profiles: [p]}}'),
    { profiles: ['p'] },
  ),
  file(
    'resources of disabled services',
    main(
      '{a: {image: x}, b: {image: y, profiles: [p], networks: [n], volumes: ["v:/v1"]}}',
      'networks: {n: }\nvolumes: {v: }',
    ),
  ),
  file('link to a disabled service', main('{a: {image: x, links: [b]}, b: {image: y, profiles: [p]}}')),
  file(
    'namespace of a disabled service',
    main('{a: {image: x, network_mode: "service:b"}, b: {image: y, profiles: [p]}}'),
  ),
  file('volumes of a disabled service', main('{a: {image: x, volumes_from: [b]}, b: {image: y, profiles: [p]}}')),
  file('invalid disabled service', main('{a: {image: x}, b: {user: u, profiles: [p]}}')),
  file(
    'disabled service with undefined network',
    main('{a: {image: x}, b: {image: y, profiles: [p], networks: [nope]}}'),
  ),
  file(
    'disabled service with a missing env file',
    main('{a: {image: x}, b: {image: y, profiles: [p], env_file: no.env}}'),
  ),
  file('only disabled services', main('{b: {image: y, profiles: [p]}}')),
  file('bad profile name', main('{a: {image: x}, b: {image: y, profiles: ["a b"]}}')),
  file('variable in a profile', main('{a: {image: x}, b: {image: y, profiles: ["${P}"]}}'), {
    env: { P: 'p' },
    profiles: ['p'],
  }),
];
