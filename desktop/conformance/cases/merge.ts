import { type Case, differing, file, overrides } from '../case.ts';

const base = `name: qs-case
services:
  a:
    image: base
    command: [a, b]
    entrypoint: [e]
    environment: {A: "1", B: "2", C: }
    labels: [l1=1, l2=2]
    ports: ["80:80", "443:443"]
    expose: ["1000"]
    volumes: ["./x:/data", "v1:/v"]
    dns: 1.1.1.1
    dns_search: [a.com]
    tmpfs: [/t1]
    cap_add: [NET_ADMIN]
    networks: [n1]
    healthcheck: {test: [CMD, a], interval: 1s}
    logging: {driver: json-file, options: {a: "1"}}
    ulimits: {nofile: {soft: 1, hard: 2}, nproc: 1}
    extra_hosts: ["h=1.1.1.1"]
    security_opt: [a]
    secrets: [s1]
    deploy: {resources: {limits: {memory: 1g}}, labels: {x: y}}
    sysctls: {k: 1}
    devices: ["/dev/a:/dev/a"]
volumes: {v1: , v2: }
networks: {n1: , n2: }
secrets: {s1: {file: ./s1}, s2: {file: ./s2}}
`;

const over = `services:
  a:
    image: over
    command: c
    environment: [A=9, D=4]
    labels: {l2: two, l3: 3}
    ports: ["80:80", "8080:80", {target: 443, published: "443", protocol: udp}]
    expose: [1000, 1001]
    volumes: ["v2:/data:ro"]
    dns: [1.1.1.1, 8.8.8.8]
    tmpfs: /t2:size=1m
    cap_add: [NET_ADMIN, SYS_TIME]
    networks: {n1: {aliases: [z]}, n2: }
    healthcheck: {interval: 2s}
    logging: {options: {b: "2"}}
    ulimits: {nofile: 5}
    extra_hosts: {h: 2.2.2.2}
    security_opt: [b]
    secrets: [{source: s2, target: s1}, s1]
    deploy: {resources: {limits: {cpus: "1"}}}
    sysctls: [k=2]
    devices: ["/dev/b:/dev/a"]
`;

const reset = `services:
  a:
    ports: !override ["1:1"]
    environment: {B: !reset null}
    labels: !reset {}
    command: !reset null
    volumes: !reset []
    healthcheck: !override {test: [NONE]}
    deploy: !reset
`;

const one = (body: string): string => `name: qs-case\nservices:\n  a:\n    image: x\n    ${body}\n`;

/** Several files, documents, extends, include, profiles. */
export const mergeCases: readonly Case[] = [
  overrides('two files', base, over),
  overrides('three files with reset', base, over, reset),
  overrides('reset over the base', base, reset),
  overrides('scalar over list', one('command: [a]'), one('command: b c')),
  overrides('map over list', one('ports: ["1:1"]'), one('ports: {a: b}')),
  overrides('null over value', one('user: u'), one('user:')),
  overrides(
    'different log drivers',
    one('logging: {driver: a, options: {x: "1"}}'),
    one('logging: {driver: b, options: {y: "2"}}'),
  ),
  overrides('build text over map', one('build: {context: a, args: {A: 1}}'), one('build: b')),
  overrides('build args', one('build: {args: [A=1, B=2]}'), one('build: {args: {B: 3, C: }}')),
  overrides(
    'depends_on list and map',
    `${one('depends_on: [b]')}  b: {image: y}\n`,
    one('depends_on: {b: {condition: service_healthy}}'),
  ),
  overrides('env_file adds', one('env_file: a.env'), one('env_file: [{path: b.env, required: false}]')),
  overrides('name of the last file', 'name: one\nservices: {a: {image: x}}', 'name: two\nservices: {b: {image: x}}'),
  overrides('duplicate security options', one('security_opt: [a]'), one('security_opt: [a]')),
  overrides(
    'networks and ipam',
    `${one('networks: [n]')}networks: {n: {ipam: {config: [{subnet: 10.1.0.0/16}]}}}`,
    'networks: {n: {ipam: {config: [{subnet: 10.1.0.0/16, gateway: 10.1.0.9}, {subnet: 10.2.0.0/16}]}}}',
  ),
  overrides(
    'the same extra host twice',
    one('extra_hosts: ["h=1.1.1.1", "i=2.2.2.2"]'),
    one('extra_hosts: {h: 1.1.1.1, i: 3.3.3.3}'),
  ),
  differing(overrides('extensions of two files', `${one('')}x-a: {b: 1, c: 2}`, 'x-a: {b: 3}'), {
    since: '2.40',
    because: 'newer versions merge them; they reach no container',
  }),
  overrides('same port in both forms', one('ports: ["80:80"]'), one('ports: [{target: 80, published: "80"}]')),
  file('several documents', `${one('user: a')}---\n${one('user: b\n    tty: true')}`),
  file(
    'anchors and merge keys',
    `x-base: &base {image: x, environment: {A: 1}}\nname: qs-case\nservices:\n  a: {<<: *base, user: u}\n  b: {<<: [*base, {user: v}], image: y}\n`,
  ),
  file('duplicate key', 'name: qs-case\nservices: {a: {image: x, image: y}}'),
  file('unknown anchor', 'name: qs-case\nservices: {a: *nope}'),
  file('number as key', 'name: qs-case\nservices: {a: {image: x, labels: {1: x}}}'),
  file('broken yaml', 'services:\n  a: [\n'),
  file('tab', 'services:\n\ta: x\n'),
  file(
    'extends in the file',
    `name: qs-case\nservices:\n  b: {image: x, environment: {A: 1, B: 2}, ports: ["1:1"], depends_on: [c]}\n  a: {extends: b, environment: [B=3], ports: ["2:2"]}\n  c: {image: z}\n`,
  ),
  file(
    'extends from another file',
    'name: qs-case\nservices: {a: {extends: {service: s, file: sub/base.yml}, environment: {B: 2}}}',
    {
      files: {
        'sub/base.yml':
          'services:\n  s: {image: "x:${TAG:-1}", volumes: ["./d:/d"], environment: {A: 1}, build: ., extends: t}\n  t: {user: u, env_file: e.env}\n',
        'sub/e.env': 'Z=1\n',
      },
    },
  ),
  file('extends circle', 'name: qs-case\nservices: {a: {image: x, extends: b}, b: {extends: a}}'),
  file('extends unknown', 'name: qs-case\nservices: {a: {image: x, extends: b}}'),
  file('extends missing file', 'name: qs-case\nservices: {a: {image: x, extends: {service: b, file: no.yml}}}'),
  file(
    'extends with reset',
    'name: qs-case\nservices: {b: {image: x, ports: ["1:1"], tty: true}, a: {extends: b, ports: !reset [], tty: !override false}}',
  ),
  file('include', 'name: qs-case\ninclude: [inc/compose.yml]\nservices: {a: {image: x, depends_on: [b]}}', {
    files: {
      'inc/compose.yml': 'services: {b: {image: "y:${V}", volumes: ["./d:/d", "vv:/v"]}}\nvolumes: {vv: }\n',
      'inc/.env': 'V=7\n',
    },
  }),
  file(
    'include long',
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
  file('include missing', 'name: qs-case\ninclude: [no.yml]\nservices: {a: {image: x}}'),
  file('include circle', 'name: qs-case\ninclude: [compose.yml]\nservices: {a: {image: x}}'),
  file('profiles off', 'name: qs-case\nservices: {a: {image: x}, b: {image: y, profiles: [p]}}'),
  file('profiles on', 'name: qs-case\nservices: {a: {image: x}, b: {image: y, profiles: [p]}}', { profiles: ['p'] }),
  file('profiles all', 'name: qs-case\nservices: {a: {image: x}, b: {image: y, profiles: [p]}}', { profiles: ['*'] }),
  file('profiles by variable', 'name: qs-case\nservices: {a: {image: x}, b: {image: y, profiles: [p]}}', {
    env: { COMPOSE_PROFILES: 'q,p' },
  }),
  file(
    'dependency on a disabled service',
    'name: qs-case\nservices: {a: {image: x, depends_on: [b]}, b: {image: y, profiles: [p]}}',
  ),
  file(
    'optional dependency on a disabled service',
    'name: qs-case\nservices: {a: {image: x, depends_on: {b: {condition: service_started, required: false}}}, b: {image: y, profiles: [p]}}',
  ),
];
