/** The worst that a value of a key can ask of this machine: `red` has to be confirmed before it runs, `amber` is worth knowing. */
export type RiskClass = 'red' | 'amber' | 'none';

type Classes = Partial<Record<RiskClass, string>>;

/** The class of every key of the specification, by its path; a test walks the schema and holds this table to it. */
export const riskClasses: ReadonlyMap<string, RiskClass> = new Map([
  ...under('', { none: 'version name models.*' }),
  ...under('include.*', { red: 'path', none: 'env_file project_directory' }),
  ...under('services.*', {
    red: `cap_add cgroup cgroup_parent device_cgroup_rules ipc label_file network_mode pid privileged runtime security_opt
      use_api_socket userns_mode uts volumes_from`,
    amber: `container_name image mem_limit pids_limit restart sysctls user`,
    none: `annotations attach cap_drop command cpu_count cpu_percent cpu_period cpu_quota cpu_rt_period cpu_rt_runtime
      cpu_shares cpus cpuset dns dns_opt dns_search domainname entrypoint environment expose external_links extra_hosts
      group_add hostname init isolation labels links mac_address mem_reservation mem_swappiness memswap_limit
      oom_kill_disable oom_score_adj platform profiles pull_policy read_only scale shm_size stdin_open stop_grace_period
      stop_signal storage_opt.* tmpfs tty working_dir`,
  }),
  ...under('services.*.build', {
    red: 'additional_contexts context dockerfile dockerfile_inline entitlements network privileged ssh',
    none: `args cache_from cache_to extra_hosts isolation labels no_cache no_cache_filter platforms provenance pull sbom
      shm_size tags target`,
  }),
  ...under('services.*.build.secrets.*', { none: 'gid mode source target uid' }),
  ...limitsUnder('services.*.build.ulimits.*'),
  ...limitsUnder('services.*.ulimits.*'),
  ...under('services.*.blkio_config', { none: 'weight' }),
  ...under('services.*.blkio_config.weight_device.*', { none: 'path weight' }),
  ...['device_read_bps', 'device_read_iops', 'device_write_bps', 'device_write_iops'].flatMap((key) =>
    under(`services.*.blkio_config.${key}.*`, { none: 'path rate' }),
  ),
  ...under('services.*.configs.*', { none: 'gid mode source target uid' }),
  ...under('services.*.secrets.*', { none: 'gid mode source target uid' }),
  ...under('services.*.credential_spec', { red: 'config file registry' }),
  ...under('services.*.depends_on.*', { none: 'condition required restart' }),
  ...under('services.*.deploy', { none: 'endpoint_mode labels mode replicas' }),
  ...under('services.*.deploy.placement', { none: 'constraints max_replicas_per_node preferences.*.spread' }),
  ...under('services.*.deploy.resources.limits', { none: 'cpus memory pids' }),
  ...under('services.*.deploy.resources.reservations', { none: 'cpus memory' }),
  ...under('services.*.deploy.resources.reservations.generic_resources.*.discrete_resource_spec', {
    none: 'kind value',
  }),
  ...devicesUnder('services.*.deploy.resources.reservations.devices.*'),
  ...devicesUnder('services.*.gpus.*'),
  ...under('services.*.deploy.restart_policy', { amber: 'condition', none: 'delay max_attempts window' }),
  ...['rollback_config', 'update_config'].flatMap((key) =>
    under(`services.*.deploy.${key}`, { none: 'delay failure_action max_failure_ratio monitor order parallelism' }),
  ),
  ...under('services.*.develop.watch.*', { red: 'path', none: 'action ignore include initial_sync target' }),
  ...commandUnder('services.*.develop.watch.*.exec'),
  ...commandUnder('services.*.post_start.*'),
  ...commandUnder('services.*.pre_start.*'),
  ...commandUnder('services.*.pre_stop.*'),
  ...under('services.*.devices.*', { red: 'permissions source target' }),
  ...under('services.*.env_file.*', { red: 'path', none: 'format required' }),
  ...under('services.*.extends', { red: 'file', none: 'service' }),
  ...under('services.*.healthcheck', { none: 'disable interval retries start_interval start_period test timeout' }),
  ...under('services.*.logging', { none: 'driver options.*' }),
  ...under('services.*.models.*', { none: 'endpoint_var model_var' }),
  ...under('services.*.networks.*', {
    none: `aliases driver_opts.* gw_priority interface_name ipv4_address ipv6_address link_local_ips mac_address priority`,
  }),
  ...under('services.*.ports.*', { amber: 'host_ip', none: 'app_protocol mode name protocol published target' }),
  ...under('services.*.provider', { red: 'options.* type' }),
  ...under('services.*.volumes.*', { red: 'source type', none: 'consistency read_only target' }),
  ...under('services.*.volumes.*.bind', { none: 'create_host_path propagation recursive selinux' }),
  ...under('services.*.volumes.*.image', { none: 'subpath' }),
  ...under('services.*.volumes.*.tmpfs', { none: 'mode size' }),
  ...under('services.*.volumes.*.volume', { none: 'labels nocopy subpath' }),
  ...under('networks.*', {
    red: 'name',
    none: 'attachable driver driver_opts.* enable_ipv4 enable_ipv6 external internal labels',
  }),
  ...under('networks.*.ipam', { none: 'driver options.*' }),
  ...under('networks.*.ipam.config.*', { none: 'aux_addresses.* gateway ip_range subnet' }),
  ...under('volumes.*', { red: 'driver_opts.*', none: 'driver external labels name' }),
  ...under('configs.*', { red: 'file', none: 'content environment external labels name template_driver' }),
  ...under('secrets.*', {
    red: 'file',
    none: 'driver driver_opts.* environment external labels name template_driver',
  }),
]);

function under(path: string, classes: Classes): [string, RiskClass][] {
  return (['red', 'amber', 'none'] as const).flatMap((level) =>
    (classes[level] ?? '')
      .split(/\s+/)
      .filter((key) => key !== '')
      .map((key): [string, RiskClass] => [path === '' ? key : `${path}.${key}`, level]),
  );
}

function limitsUnder(path: string): [string, RiskClass][] {
  return under(path, { none: 'hard soft' });
}

/** Devices that a driver hands out; which ones there are is for whoever set the driver up to say. */
function devicesUnder(path: string): [string, RiskClass][] {
  return under(path, { amber: 'capabilities', none: 'count device_ids driver options' });
}

/** A command that is run beside the one of the image, as the user that is named. */
function commandUnder(path: string): [string, RiskClass][] {
  return under(path, { red: 'command privileged', none: 'environment image per_replica user working_dir' });
}
