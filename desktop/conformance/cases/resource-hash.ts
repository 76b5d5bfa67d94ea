/** Networks that the engine makes, each for one thing that their hash has to get right. */
export const hashNetworks: Readonly<Record<string, string>> = {
  default: '',
  plain: '{}',
  internal: '{internal: true}',
  attachable: '{attachable: true}',
  labels: '{labels: {z: 1, a: "b", n: }}',
  options: '{driver: bridge, driver_opts: {com.docker.network.bridge.enable_icc: "true"}}',
  addresses:
    '{ipam: {driver: default, config: [{subnet: 10.213.77.0/28, gateway: 10.213.77.1, ip_range: 10.213.77.8/29}]}}',
  ipv6off: '{enable_ipv6: false}',
};

/** The same for volumes. */
export const hashVolumes: Readonly<Record<string, string>> = {
  bare: '',
  driver: '{driver: local}',
  marked: '{labels: [z=1, a]}',
  temporary: '{driver_opts: {type: tmpfs, device: tmpfs, o: size=1m}}',
  bound: '{driver: local, driver_opts: {type: none, o: bind, device: ./data}}',
};

/** A project that uses all of them. */
export function resourceProject(image: string): string {
  const section = (entries: Readonly<Record<string, string>>): string =>
    Object.entries(entries)
      .map(([name, body]) => `  ${name}: ${body}\n`)
      .join('');
  const mounts = Object.keys(hashVolumes).map((name) => `"${name}:/${name}"`);
  return `services:
  a: {image: "${image}", command: [sh], networks: [${Object.keys(hashNetworks).join(', ')}], volumes: [${mounts.join(', ')}]}
networks:
${section(hashNetworks)}volumes:
${section(hashVolumes)}`;
}
