import { expect, test } from 'vitest';
import { networkHash, serviceHash, volumeHash } from '../index.ts';
import type { HashProfile } from '../model.ts';
import { load } from '../testing.ts';
import { serviceText } from './hash.ts';
import { hashProfileOf } from './profile.ts';

/** A project whose hashes were recorded from docker compose 2.26.1 (P1), 2.40.3 (P2) and the libraries of 5.x (P5). */
const gold = `name: gold
services:
  min:
    image: nginx:1.27
  env:
    image: nginx:1.27
    command: sh -c "echo <&>"
    environment:
      - B=2
      - A=1
      - U
      - E=
  ports:
    image: nginx:1.27
    ports: ["8080:80", "127.0.0.1:9000-9001:90-91/udp", {target: 443, published: "8443", mode: host}]
  binds:
    image: nginx:1.27
    volumes: ["/srv/data:/data:ro", "vol:/vol", "/anon", {type: bind, source: /srv/x, target: /x, bind: {create_host_path: false}}]
  res:
    image: nginx:1.27
    restart: unless-stopped
    init: true
    read_only: true
    user: "1000:1000"
    stop_grace_period: 1m30s
    healthcheck: {test: curl -f http://localhost, interval: 1m30s, timeout: 10s, retries: 3, start_period: 40s}
    deploy: {replicas: 2, resources: {limits: {cpus: "0.1", memory: 50M}, reservations: {memory: 20m}}}
    ulimits: {nofile: {soft: 10, hard: 20}, nproc: 5}
    extra_hosts: ["a:1.2.3.4", "b=::1"]
    cap_drop: [ALL]
    security_opt: ["no-new-privileges:true"]
    tmpfs: /run
    labels: {z: 1, a: "true"}
    logging: {driver: json-file, options: {max-size: 10m, max-file: 3}}
    networks: {front: {aliases: [w], priority: 10}, back: }
    depends_on: {min: {condition: service_started}}
    profiles: [x]
networks: {front: , back: {internal: true, ipam: {config: [{subnet: 172.31.77.0/24}]}}}
volumes: {vol: }
`;

const profiles: readonly HashProfile[] = ['P5', 'P2', 'P1'];

const same = (hash: string): readonly string[] => [hash, hash, hash];

const recorded: Readonly<Record<string, readonly string[]>> = {
  min: same('35cb49ef2b427e33199ec130fd4fa2219dfb5858c58ba793400d99b97e093e4c'),
  env: same('19b9c73fe30149176712bcf95c58dac7b519d1b3537a83dd2974bf4228b6a48e'),
  ports: same('129e54aa9273bac47183d872b2fdba8028d58ad6c3284d57b888bd443a78dbd6'),
  binds: [
    '5483411f263c523f93612634eb446d85cae99cd619a840a155aee313390848ad',
    '0fd04ca5fda372537f32db6269381fc4a0f434b3813643b171da14e2126d07c2',
    '0fd04ca5fda372537f32db6269381fc4a0f434b3813643b171da14e2126d07c2',
  ],
  res: [
    '00f0feb564d718840740b067950c616ce46ff32f757bfb924a8355a6c37b1d13',
    '00f0feb564d718840740b067950c616ce46ff32f757bfb924a8355a6c37b1d13',
    '9a9cda8c09832d1203b45100406040697c41d314b06bdcdb79b14fccfcbd1b67',
  ],
};

test('service hashes are the recorded ones of every profile', async () => {
  const model = await load({ 'g1.yml': gold }, { profiles: ['x'] });
  const ours = Object.fromEntries(
    [...model.services].map(([name, service]) => [name, profiles.map((profile) => serviceHash(service, profile))]),
  );
  expect(ours).toEqual(recorded);
});

test('network and volume hashes are the recorded ones', async () => {
  const model = await load({ 'g1.yml': gold }, { profiles: ['x'] });
  const networks = Object.fromEntries(
    [...model.networks].map(([name, network]) => [name, networkHash(network, 'P5.2')]),
  );
  expect(networks).toEqual({
    default: '667e1a28a99f94337010b164c6f10dc4dc8586bfd543b7d19379e6762c1f7a08',
    front: '0fc72a7b8ed60ab7bacc95dadafa3b169a5678b44846a2e439e576b11b9c79ab',
    back: '75d492f004bec5ebe4dd8392ecb18611e3cf930087442b0a6043ea722b4e0a9b',
  });
  const volumes = [...model.volumes.values()].map(volumeHash);
  expect(volumes).toEqual(['541d27ca68a2a71e07104bf5a9134959743cbf3bc749877d0f36442530f85b17']);
});

test('the hashed text of the newest profile is the recorded one', async () => {
  const model = await load({ 'g1.yml': gold }, { profiles: ['x'] });
  const text = (name: string): string => {
    const service = model.services.get(name);
    return service === undefined ? '' : serviceText(service, 'P5');
  };
  expect(text('env')).toBe(
    String.raw`{"command":["sh","-c","echo \u003c\u0026\u003e"],"entrypoint":null,"environment":{"A":"1","B":"2","E":"","U":null},"image":"nginx:1.27","networks":{"default":null}}`,
  );
  expect(text('binds')).toBe(
    '{"command":null,"entrypoint":null,"image":"nginx:1.27","networks":{"default":null},"volumes":[{"type":"bind","source":"/srv/data","target":"/data","read_only":true,"bind":{}},{"type":"volume","source":"vol","target":"/vol","volume":{}},{"type":"volume","target":"/anon","volume":{}},{"type":"bind","source":"/srv/x","target":"/x","bind":{"create_host_path":false}}]}',
  );
});

test('a service that joins another one names its container', async () => {
  const model = await load({
    'a.yml': 'name: p\nservices: {a: {image: x}, b: {image: x, network_mode: "service:a", volumes_from: [a]}}',
  });
  const service = model.services.get('b');
  if (service === undefined) throw new Error('b is missing');
  expect(serviceText(service, 'P5', (name) => `id-of-${name}`)).toBe(
    '{"command":null,"entrypoint":null,"image":"x","network_mode":"container:id-of-a","volumes_from":["id-of-a"]}',
  );
});

test('names that JavaScript would reorder or take for its own stay what they are', async () => {
  const model = await load({
    'a.yml':
      'name: p\nservices: {a: {image: x, labels: {"10": a, "9": b, __proto__: c, constructor: d}, networks: {"10": , "9": }}}\nnetworks: {"10": , "9": }',
  });
  const service = model.services.get('a');
  if (service === undefined) throw new Error('a is missing');
  expect(serviceText(service, 'P5')).toBe(
    '{"command":null,"entrypoint":null,"image":"x","labels":{"10":"a","9":"b","__proto__":"c","constructor":"d"},"networks":{"10":null,"9":null}}',
  );
});

test('the profile follows from the version of the label', () => {
  const versions = [
    '2.24.7',
    '2.26.1',
    '2.26.1-4',
    '2.29.2',
    '2.29.3',
    '2.30.1',
    '2.30.2',
    '2.34.0',
    '2.36.0',
    'v2.40.3',
    '5.0.0',
    '5.1.9',
    '5.2.0',
    '5.5.0',
    '10.1',
    'dev',
  ];
  expect(versions.map(hashProfileOf)).toEqual([
    ...[
      'P1',
      'P1',
      'P1',
      'P1',
      'P1.29',
      'P1.29',
      'P1.30',
      'P1.34',
      'P2',
      'P2',
      'P5',
      'P5',
      'P5.2',
      'P5.2',
      'P5.2',
      'P5.2',
    ],
  ]);
});
