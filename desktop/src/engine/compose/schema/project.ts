import { service } from './service.ts';
import {
  always,
  flag,
  given,
  inputOnly,
  labels,
  list,
  own,
  record,
  resourceName,
  some,
  struct,
  text,
  textOrNumber,
} from './types.ts';

const options = record(textOrNumber);

export const ipam = struct({
  driver: some(text),
  config: some(
    list(
      struct({
        subnet: some(text),
        gateway: some(text),
        ip_range: some(text),
        aux_addresses: some(record(text)),
      }),
    ),
  ),
  options: some(record(text)),
});

export const network = struct(
  {
    name: some(text),
    driver: some(text),
    driver_opts: some(options),
    ipam: always(ipam),
    external: some(own('external')),
    internal: some(flag),
    attachable: some(flag),
    labels: some(labels),
    enable_ipv4: given(flag),
    enable_ipv6: given(flag),
  },
  { nullable: true },
);

export const volume = struct(
  {
    name: some(text),
    driver: some(text),
    driver_opts: some(options),
    external: some(own('external')),
    labels: some(labels),
  },
  { nullable: true },
);

export const secret = struct({
  name: some(text),
  file: some(text),
  environment: some(text),
  external: some(own('external')),
  labels: some(labels),
  driver: some(text),
  driver_opts: some(options),
  template_driver: some(text),
});

export const config = struct({
  name: some(text),
  file: some(text),
  environment: some(text),
  content: some(text),
  external: some(own('external')),
  labels: some(labels),
  template_driver: some(text),
});

/** The top level of a compose file after merging. */
export const project = struct({
  version: inputOnly(text),
  name: some(text),
  include: inputOnly(list(own('any'))),
  services: some(record(service, { keys: resourceName })),
  models: some(record(own('any'), { keys: resourceName })),
  networks: some(record(network, { keys: resourceName })),
  volumes: some(record(volume, { keys: resourceName })),
  secrets: some(record(secret, { keys: resourceName })),
  configs: some(record(config, { keys: resourceName })),
});

/** What one entry of `include` may say. */
export const include = struct(
  {
    path: some(list(text, { orText: true, unique: true })),
    env_file: some(list(text, { orText: true, unique: true })),
    project_directory: some(text),
  },
  { short: ['string'], open: true },
);
