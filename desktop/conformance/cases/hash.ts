/** Services that the engine accepts at creation, each for one thing that the configuration hash has to get right. */
export const hashServices: Readonly<Record<string, string>> = {
  plain: '{}',
  command: `{command: sh -c "echo <&>", entrypoint: [sh]}`,
  emptied: '{command: [x], entrypoint: []}',
  variables: '{environment: {A: 1.10, B: , C: "", D: "é\\u2028 \\t\\"x\\\\", E: 1e6, F: "$$x", "1": one}}',
  files: '{env_file: [e.env, {path: none.env, required: false}], environment: [OWN=1, FROMSHELL]}',
  labels: '{labels: {z: 1, a: "true", n: }, annotations: {k: v}}',
  ports:
    '{ports: ["18080:80", "127.0.0.1:19000-19001:90-91/udp", {target: 443, published: "18443", mode: host}], expose: [90, "91"]}',
  binds:
    '{volumes: ["./data:/data:ro", "vol:/vol", "/anon", {type: bind, source: ./x, target: /x, bind: {create_host_path: false}}, {type: bind, source: ./y, target: /y}, {type: bind, source: ./y, target: /z, bind: {}}, {type: tmpfs, target: /t, tmpfs: {size: 10m, mode: 0770}}]}',
  tmpfs: '{tmpfs: [/run, "/t2:size=1m"], shm_size: 64m, read_only: true}',
  deploy:
    '{deploy: {replicas: 1, labels: {a: b}, resources: {limits: {cpus: "0.1", memory: 50M, pids: 50}, reservations: {memory: 20m}}, restart_policy: {condition: on-failure, delay: 5s, max_attempts: 0, window: 120s}, update_config: {parallelism: 0, delay: 10s, monitor: 0s, max_failure_ratio: 0.25, order: start-first}, placement: {constraints: [x]}}}',
  limits:
    '{cpus: 0.5, mem_limit: 1.5g, memswap_limit: 2g, cpu_shares: 512, pids_limit: 100, oom_score_adj: 10, mem_reservation: 100m}',
  health:
    '{healthcheck: {test: curl -f http://localhost, interval: 1m30s, timeout: 10s, retries: 3, start_period: 40s}}',
  nohealth: '{healthcheck: {disable: true}}',
  ulimits: '{ulimits: {nofile: {soft: 10, hard: 20}, nproc: 5}}',
  hosts: '{extra_hosts: ["a:1.2.3.4", "b=::1"], dns: 1.1.1.1, dns_search: [a.com], dns_opt: [use-vc]}',
  security:
    '{cap_add: [NET_ADMIN], cap_drop: [ALL], security_opt: ["no-new-privileges:true"], group_add: [1], user: "1000:1000", init: false}',
  networks: '{networks: {front: {aliases: [w], priority: 10}, back: , "1": }}',
  secrets: '{secrets: [s, {source: s, target: t, uid: "1", mode: 0440}], configs: [{source: c, target: /c}]}',
  logging: '{logging: {driver: json-file, options: {max-size: 10m, max-file: 3}}}',
  depends:
    '{depends_on: {plain: {condition: service_started}, health: {condition: service_started, restart: true, required: false}}}',
  profiled: '{profiles: [on, other]}',
  links: '{links: ["plain:p"]}',
  hostnet:
    '{network_mode: none, hostname: h, domainname: d, working_dir: /w, stop_signal: SIGINT, stop_grace_period: 90s}',
  joined: '{network_mode: "service:plain", pid: "service:plain", volumes_from: [plain]}',
  built: '{build: {context: ., args: {A: 1}}, pull_policy: missing, platform: linux/amd64}',
  scaled: '{scale: 1, sysctls: {net.core.somaxconn: 1024}, tty: true, stdin_open: true}',
  develop: '{develop: {watch: [{path: ./x, action: sync, target: /x, ignore: [n]}]}, x-own: 1}',
  hooks: '{post_start: [{command: echo a, user: root}], pre_stop: [{command: [b]}]}',
  restart: `{restart: unless-stopped, container_name: qs-test-named-${process.pid}}`,
};

/** The image has no command of its own, so that each service needs one. */
const ownCommand: ReadonlySet<string> = new Set(['command', 'emptied']);

/** A project of these services. */
export function hashProject(image: string, services: Readonly<Record<string, string>>): string {
  const lines = Object.entries(services).map(([name, body]) => {
    const command = ownCommand.has(name) ? '' : ', command: [sh]';
    const rest = body === '{}' ? '' : `, ${body.slice(1, -1)}`;
    return `  ${name}: {image: "${image}"${command}${rest}}`;
  });
  return `services:
${lines.join('\n')}
networks: {front: , back: {internal: true}, "1": }
volumes: {vol: }
secrets: {s: {file: ./s.txt}}
configs: {c: {content: hi}}
`;
}
