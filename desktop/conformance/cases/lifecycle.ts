import { type Case, service } from '../case.ts';

const secret = 'secrets: {s: {file: ./s.txt}}';

/** How a service is built, deployed, hooked and watched. */
export const lifecycleCases: readonly Case[] = [
  service('build short', 'build: ./ctx'),
  service('build empty', 'build: {}'),
  service('build dot', 'build: .'),
  service('build empty text', 'build: ""'),
  service('build parent', 'build: ../up'),
  service('build home', 'build: ~/ctx'),
  service('build absolute', 'build: {context: /abs, dockerfile: ../D}'),
  service(
    'build long',
    'build: {context: ., dockerfile: D, target: t, args: {A: 1, B: , C: ""}, labels: [x=y], tags: [a, b], cache_from: [c], cache_to: [d], network: host, shm_size: 1g, platforms: [linux/amd64], pull: true, no_cache: true, ulimits: {nofile: 5, nproc: {soft: 1, hard: 2}}, extra_hosts: ["h=1.2.3.4"], additional_contexts: [r=./res, u=https://example.com/x.git], ssh: [default], isolation: default, privileged: true}',
  ),
  service(
    'build maps',
    'build: {args: [A=1, B, C=], labels: {x: 1, y: }, additional_contexts: {r: ./res, s: "docker-image://x", t: "service:b"}, extra_hosts: {h: 1.2.3.4}}',
    '  b: {build: .}',
  ),
  service('build ssh', 'build: {ssh: [default, "key=./k", "abs=/k"]}'),
  service('build ssh map', 'build: {ssh: {default: , key: ./k}}'),
  service('build ssh text', 'build: {ssh: default}'),
  service('build false flags', 'build: {pull: false, no_cache: false, privileged: false}'),
  service('build null args', 'build: {args: }'),
  service('build empty args', 'build: {args: {}}'),
  service(
    'build secret',
    'build: {context: ., secrets: [s, {source: s, target: t, uid: "1", gid: "2", mode: 0400}]}',
    secret,
  ),
  service('build entitlements', 'build: {entitlements: [network.host]}'),
  service('build provenance', 'build: {provenance: true, sbom: false}'),
  service('build provenance text', 'build: {provenance: mode=max, sbom: "true"}'),
  service('build no_cache_filter', 'build: {no_cache_filter: [a, b]}'),
  service('build no_cache_filter text', 'build: {no_cache_filter: a}'),
  ...[
    'https://github.com/example/app.git#main',
    'http://example.com/a.tar.gz',
    'git@github.com:example/app.git',
    'git://example.com/app',
    'github.com/example/app',
    'ssh://git@example.com/app.git',
    'gitlab.com/example/app.git',
  ].map((context) => service(`build remote ${context}`, `build: "${context}"`)),
  service('build inline', 'build: {dockerfile_inline: "FROM x"}'),
  service('build inline of several lines', 'build:\n  dockerfile_inline: |\n    FROM x\n    RUN echo $$A\n'),
  service('build platforms', 'platform: linux/amd64\nbuild: {platforms: [linux/amd64, linux/arm64]}'),
  service('build argument from the environment', 'build: {args: [HOME, NOPE]}'),

  service('deploy empty', 'deploy: {}'),
  service('deploy null', 'deploy:'),
  service(
    'deploy resources',
    'deploy: {replicas: 2, resources: {limits: {cpus: "0.1", memory: 50M, pids: 7}, reservations: {cpus: 0.25, memory: 20m, devices: [{capabilities: [gpu]}, {capabilities: [x], count: 2, driver: d, options: {a: b}}, {capabilities: [y], device_ids: ["0", "1"], options: [c=d]}], generic_resources: [{discrete_resource_spec: {kind: g, value: 2}}]}}}',
  ),
  service('deploy resources empty', 'deploy: {resources: {limits: {}, reservations: {}}}'),
  service('deploy resources null', 'deploy: {resources: {limits: , reservations: }}'),
  service('deploy mode', 'deploy: {mode: global, endpoint_mode: dnsrr, labels: [a=b, c]}'),
  service(
    'deploy other',
    'deploy: {mode: replicated, labels: {a: b}, endpoint_mode: vip, update_config: {parallelism: 0, delay: 10s, order: start-first, failure_action: rollback, monitor: 0s, max_failure_ratio: 0.25}, rollback_config: {parallelism: 2, delay: 1s, order: stop-first, failure_action: pause, monitor: 5s, max_failure_ratio: 0}, restart_policy: {condition: any, delay: 5s, max_attempts: 3, window: 120s}, placement: {constraints: [a == b], preferences: [{spread: x}], max_replicas_per_node: 3}}',
  ),
  service('deploy zero', 'deploy: {replicas: 0, restart_policy: {delay: 0s, max_attempts: 0, window: 0s}}'),
  service('deploy bad order', 'deploy: {update_config: {order: sideways}}'),
  service('deploy cpus many digits', 'deploy: {resources: {limits: {cpus: "0.123456789"}}}'),
  service('scale and the same replicas', 'scale: 3\ndeploy: {replicas: 3}'),
  service('cpus twice the same', 'cpus: 0.5\ndeploy: {resources: {limits: {cpus: "0.5"}}}'),
  service('cpus without limit of deploy', 'cpus: 0.5\ndeploy: {replicas: 1}'),
  service('cpus with other limit', 'cpus: 0.5\ndeploy: {resources: {limits: {memory: 1g}}}'),
  service('memory twice the same', 'mem_limit: 10m\ndeploy: {resources: {limits: {memory: 10485760}}}'),

  service(
    'develop',
    'develop: {watch: [{path: ./x, action: sync, target: /x, ignore: [n/]}, {path: package.json, action: rebuild}]}',
  ),
  service('develop empty', 'develop: {}'),
  service('develop null', 'develop:'),
  service('develop sync and restart', 'develop: {watch: [{path: ./x, action: sync+restart, target: /x}]}'),
  service('develop restart', 'develop: {watch: [{path: ./x, action: restart, include: ["*.js"]}]}'),
  service(
    'develop texts',
    'develop: {watch: [{path: ./x, action: sync, target: /x, ignore: n, include: i, initial_sync: true}]}',
  ),
  service(
    'develop exec',
    'develop: {watch: [{path: ./x, action: sync+exec, target: /x, exec: {command: run it, user: u, privileged: true, working_dir: /w, environment: [A=1]}}]}',
  ),
  service(
    'hooks',
    'post_start: [{command: echo a, user: root, environment: [A=1]}]\npre_stop: [{command: [b], privileged: true, working_dir: /w, environment: {B: 2}}]',
  ),
  service(
    'develop exec list',
    'develop: {watch: [{path: ./x, action: sync+exec, target: /x, exec: {command: [a, b], environment: {A: 1}}}]}',
  ),
  service('develop exec null', 'develop: {watch: [{path: ./x, action: sync+exec, target: /x, exec: {command: }}]}'),
  service(
    'develop exec newer keys',
    'develop: {watch: [{path: ./x, action: sync+exec, target: /x, exec: {command: a, image: y, per_replica: true}}]}',
  ),
  service(
    'hooks the other way',
    'post_start: [{command: [a, b], privileged: true, working_dir: /w, environment: {A: 1}}]\npre_stop: [{command: a "b c", user: u, environment: [A=1, HOME]}]',
  ),
  service('hooks with null', 'post_start: [{command: , user: u}]\npre_stop: [{command: }]'),
  service(
    'hooks newer keys',
    'post_start: [{command: a, image: y, per_replica: true}]\npre_stop: [{command: a, image: y, per_replica: false}]',
  ),
  service('hook without command', 'post_start: [{user: root}]'),
  service(
    'pre_start hook in full',
    'pre_start: [{command: [a], user: u, privileged: true, working_dir: /w, environment: {A: 1}}, {command: , environment: [A=1]}]',
  ),
  service('pre_start hook', 'pre_start: [{command: echo a, image: y, per_replica: true}]'),
];
