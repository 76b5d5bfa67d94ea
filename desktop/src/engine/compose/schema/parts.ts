import {
  always,
  anyTexts,
  bytes,
  byteText,
  duration,
  flag,
  float,
  given,
  inputOnly,
  integer,
  labels,
  list,
  named,
  oneOf,
  own,
  record,
  type ScalarType,
  some,
  strictFlag,
  struct,
  text,
  textOrNumber,
  textOrTexts,
  texts,
  variables,
  wholeNumber,
} from './types.ts';

const options = record(textOrNumber);

export const hook = struct(
  {
    command: always(own('command')),
    image: some(text),
    user: some(text),
    privileged: some(flag),
    working_dir: some(text),
    environment: some(variables),
    per_replica: given(flag),
  },
  { required: ['command'] },
);

export const develop = struct(
  {
    watch: some(
      list(
        struct(
          {
            path: always(text),
            action: always(oneOf('rebuild', 'sync', 'restart', 'sync+restart', 'sync+exec')),
            target: some(text),
            exec: always(hook),
            include: some(textOrTexts),
            ignore: some(list(text, { orText: true })),
            initial_sync: some(flag),
          },
          { required: ['path', 'action'] },
        ),
      ),
    ),
  },
  { nullable: true },
);

const weight: ScalarType = { kind: 'scalar', to: 'int', accepts: ['integer'], from: 0, upTo: 65_535 };

const limitRate = struct(
  { path: named('Path', always(text)), rate: named('Rate', always({ ...bytes, from: 0 })) },
  { extensions: false },
);
const limitWeight = struct(
  { path: named('Path', always(text)), weight: named('Weight', always(weight)) },
  { extensions: false },
);

export const blkio = struct(
  {
    weight: some(weight),
    weight_device: some(list(limitWeight)),
    device_read_bps: some(list(limitRate)),
    device_read_iops: some(list(limitRate)),
    device_write_bps: some(list(limitRate)),
    device_write_iops: some(list(limitRate)),
  },
  { extensions: false },
);

export const fileReference = list(
  struct(
    {
      source: some(text),
      target: some(text),
      uid: some(text),
      gid: some(text),
      mode: given({ kind: 'scalar', to: 'mode', accepts: ['number', 'string'], from: 0 }),
    },
    { short: ['string'] },
  ),
);

export const deviceRequest = struct(
  {
    capabilities: some(texts),
    driver: some(text),
    count: some({ kind: 'scalar', to: 'count', accepts: ['string', 'integer'] }),
    device_ids: some(texts),
    options: some(labels),
  },
  { required: ['capabilities'] },
);

const rollout = struct({
  parallelism: given({ ...integer, from: 0 }),
  delay: some(duration),
  failure_action: some(text),
  monitor: some(duration),
  max_failure_ratio: some(float),
  order: some(oneOf('start-first', 'stop-first')),
});

const resource = {
  cpus: some(float),
  memory: some(byteText),
};

const limits = struct({ ...resource, pids: some(integer) });
const reservations = struct({
  ...resource,
  devices: some(list(deviceRequest)),
  generic_resources: some(
    list(
      struct({
        discrete_resource_spec: given(struct({ kind: always(text), value: always(wholeNumber) })),
      }),
    ),
  ),
});

export const deploy = struct(
  {
    mode: some(text),
    replicas: given(integer),
    labels: some(labels),
    update_config: some(rollout),
    rollback_config: some(rollout),
    resources: always(struct({ limits: some(limits), reservations: some(reservations) })),
    restart_policy: some(
      struct({
        condition: some(text),
        delay: given(duration),
        max_attempts: given(integer),
        window: given(duration),
      }),
    ),
    placement: always(
      struct({
        constraints: some(anyTexts),
        preferences: some(list(struct({ spread: some(text) }))),
        max_replicas_per_node: some(integer),
      }),
    ),
    endpoint_mode: some(text),
  },
  { nullable: true },
);

export const healthcheck = struct({
  test: some(own('healthtest')),
  timeout: given(duration),
  interval: given(duration),
  retries: given(wholeNumber),
  start_period: given(duration),
  start_interval: given(duration),
  disable: some(flag),
});

export const logging = struct({
  driver: some(text),
  options: some(record({ kind: 'scalar', to: 'text', accepts: ['string', 'number', 'null'] })),
});

export const attachment = struct(
  {
    aliases: some(texts),
    driver_opts: some(options),
    gw_priority: some({ kind: 'scalar', to: 'int', accepts: ['number'] }),
    interface_name: some(text),
    ipv4_address: some(text),
    ipv6_address: some(text),
    link_local_ips: some(texts),
    mac_address: some(text),
    priority: some({ kind: 'scalar', to: 'int', accepts: ['number'] }),
  },
  { nullable: true },
);

export const port = struct(
  {
    name: some(text),
    mode: some(text),
    host_ip: some(text),
    target: some(integer),
    published: some({ kind: 'scalar', to: 'text', accepts: ['string', 'integer'] }),
    protocol: some(text),
    app_protocol: some(text),
  },
  { short: ['string', 'number'] },
);

export const mount = struct(
  {
    type: some(oneOf('bind', 'volume', 'tmpfs', 'cluster', 'npipe', 'image')),
    source: some(text),
    target: some(text),
    read_only: some(flag),
    consistency: some(text),
    bind: some(
      struct({
        selinux: some(oneOf('z', 'Z')),
        propagation: some(text),
        create_host_path: given(flag),
        recursive: some(oneOf('enabled', 'disabled', 'writable', 'readonly')),
      }),
    ),
    volume: some(struct({ labels: some(labels), nocopy: some(flag), subpath: some(text) })),
    tmpfs: some(
      struct({ size: some({ ...bytes, from: 0 }), mode: some({ kind: 'scalar', to: 'int', accepts: ['number'] }) }),
    ),
    image: some(struct({ subpath: some(text) })),
  },
  { short: ['string'], required: ['type'] },
);

export const limitPair = struct({ soft: some(integer), hard: some(integer) }, { required: ['soft', 'hard'] });

export const device = struct(
  { source: some(text), target: some(text), permissions: some(text) },
  { short: ['string'], required: ['source'] },
);

export const envFile = struct(
  { path: always(text), required: given(flag), format: some(text) },
  { short: ['string'], required: ['path'], extensions: false },
);

export const build = struct(
  {
    context: some(text),
    dockerfile: some(text),
    dockerfile_inline: some(text),
    entitlements: some(anyTexts),
    args: some(variables),
    provenance: some({ kind: 'scalar', to: 'text', accepts: ['string', 'boolean'] }),
    sbom: some({ kind: 'scalar', to: 'text', accepts: ['string', 'boolean'] }),
    ssh: some(own('ssh')),
    labels: some(labels),
    cache_from: some(anyTexts),
    cache_to: some(anyTexts),
    no_cache: some(flag),
    no_cache_filter: some(textOrTexts),
    additional_contexts: some(labels),
    pull: some(flag),
    extra_hosts: some(own('hosts')),
    isolation: some(text),
    network: some(text),
    target: some(text),
    secrets: some(fileReference),
    shm_size: some(bytes),
    tags: some(anyTexts),
    ulimits: some(record(own('ulimit'))),
    platforms: some(anyTexts),
    privileged: some(flag),
  },
  { short: ['string'] },
);

export const dependency = struct(
  {
    condition: some(oneOf('service_started', 'service_healthy', 'service_completed_successfully')),
    restart: some(flag),
    required: always(strictFlag),
  },
  { required: ['condition'] },
);

export const provider = struct({ type: some(text), options: some(record(own('any'))) }, { required: ['type'] });
export const modelUse = struct({ endpoint_var: some(text), model_var: some(text) }, { nullable: true });
export const extendsFrom = struct(
  { service: inputOnly(text), file: inputOnly(text) },
  { short: ['string'], required: ['service'], extensions: false },
);
