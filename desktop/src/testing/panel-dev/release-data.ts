import { createHash } from 'node:crypto';
import type {
  Provenance,
  Release,
  ReleaseComparison,
  RemoteRelease,
  RemoteReleases,
  SignedState,
  Verification,
} from '#contract/index.ts';
import { ago } from './clock.ts';

const hour = 3600;
const day = 24 * hour;
const services = ['backend', 'frontend'] as const;

/** A digest that differs for each service and version. */
const digestOf = (service: string, version: string) =>
  `sha256:${createHash('sha256').update(`${service} ${version}`).digest('hex')}`;

function commit(
  version: string,
  subject: string,
  author: string,
  revision: string,
  age: number,
  run: number,
): Provenance {
  return {
    version,
    subject,
    author,
    revision: revision.padEnd(40, '0'),
    created: ago(age),
    source: 'https://github.com/acme/shop',
    run: `https://github.com/acme/shop/actions/runs/${run}`,
  };
}

const commits: Readonly<Record<string, Provenance>> = {
  '1.5.0': commit('1.5.0', 'Answer in the language of the question', 'Raj', 'e81f2c4', 40 * 60, 821),
  '1.4.3': commit('1.4.3', 'Faster product search', 'Raj', '77fe012', 5 * hour, 812),
  '1.4.2': commit('1.4.2', 'Fix currency rounding in answers', 'Ana', 'a1b2c3d', 2 * day, 798),
  '1.4.1': commit('1.4.1', 'Add returns policy to the assistant', 'Ana', '0c9d8ee', 6 * day, 771),
  '1.4.0': commit('1.4.0', 'Recommend by price range', 'Mina', '92be771', 13 * day, 760),
  '1.3.0': commit('1.3.0', 'New catalogue import', 'Jo', '5ab77c1', 22 * day, 702),
};

export function release(version: string, age: number, more: Partial<Release> = {}): Release {
  return {
    id: `${version}-${age}`,
    project: 'shop-prod',
    environment: 'production',
    version,
    cause: 'deploy',
    startedAt: ago(age),
    endedAt: ago(age - 12),
    outcome: 'done',
    actor: 'mina',
    host: 'ops-laptop',
    images: services.map((service) => ({
      service,
      image: `ghcr.io/acme/${service}:${version}`,
      digest: digestOf(service, version),
      imageId: digestOf(service, `${version}-local`),
    })),
    provenance: commits[version] ?? {},
    current: false,
    readiness: {
      light: 'green',
      reasons: ['all images are here and its environment is known; it works without the registry'],
    },
    ...more,
  };
}

export const history = (): Release[] => [
  release('1.4.2', 90 * 60, { cause: 'rollback', current: true, target: `1.4.2-${2 * day}` }),
  release('1.4.3', 2 * hour, {
    actor: 'ci',
    host: 'runner-7',
    outcome: 'restored',
    summary: 'backend is unhealthy: the last 3 probes failed. What ran before runs again and is healthy.',
    readiness: { light: 'red', reasons: ['it did not go well'] },
  }),
  release('1.4.2', 2 * day, { actor: 'ci', host: 'runner-3' }),
  release('1.4.1', 6 * day, { actor: 'ci', host: 'runner-3' }),
  release('1.4.0', 13 * day, {
    readiness: { light: 'amber', reasons: ['the image of frontend has to be pulled from the registry (84 MB)'] },
  }),
  release('1.3.0', 22 * day, {
    cause: 'first',
    readiness: { light: 'red', reasons: ['the image of backend is gone, and it is in no registry'] },
  }),
];

export function proof(current: Release, drift?: string): Verification {
  const good = services.map((service) => ({
    service,
    ok: true,
    imageIds: [digestOf(service, `${current.version}-local`)],
  }));
  const told = good.map((one) =>
    one.service === 'backend' && drift !== undefined ? { ...one, ok: false, reason: drift } : one,
  );
  const { id, version } = current;
  const sentence = drift === undefined ? `You are on ${version}.` : `Not as release ${version} recorded it: ${drift}.`;
  return { at: ago(0), ok: drift === undefined, release: id, version, services: told, sentence };
}

function remoteRelease(version: string, current: boolean, missing: string[] = []): RemoteRelease {
  const images = services
    .filter((service) => !missing.includes(service))
    .map((service) => ({ service, image: `ghcr.io/acme/${service}:${version}`, digest: digestOf(service, version) }));
  const signed: SignedState = { state: version < '1.4.0' ? 'none' : version === '1.4.0' ? 'attested' : 'signed' };
  const names = version === '1.5.0' ? ['develop'] : version === '1.4.3' ? ['latest', 'main'] : [];
  const trust = Object.fromEntries(images.map(({ service }) => [service, { state: 'unchecked' as const }]));
  return { version, names, signed, trust, images, provenance: commits[version] ?? {}, missing, current };
}

export function remote(current: string | undefined): RemoteReleases {
  const releases = Object.keys(commits).map((version) =>
    remoteRelease(version, version === current, version === '1.3.0' ? ['frontend'] : []),
  );
  return { releases, more: 12, others: ['feature-x'] };
}

export function comparison(from: Release, version: string): ReleaseComparison {
  const side = (service: string, wanted: string) => ({
    image: `ghcr.io/acme/${service}:${wanted}`,
    version: wanted,
    revision: commits[wanted]?.revision ?? '',
    digest: digestOf(service, wanted),
  });
  const provenance = commits[version] ?? {};
  return {
    from: { id: from.id, version: from.version, provenance: from.provenance },
    to: { version, provenance },
    services: { added: [], removed: [] },
    images: services.map((service) => ({ service, from: side(service, from.version), to: side(service, version) })),
    variables: [
      { service: 'backend', name: 'RETRIEVAL_TOP_K', from: '8', to: '5' },
      { service: 'backend', name: 'OPENAI_API_KEY', from: '********', to: '********' },
      { service: 'frontend', name: 'BANNER', to: 'sale' },
    ],
    settings: [{ path: 'services.backend.deploy.resources.limits.memory', from: '536870912', to: '268435456' }],
    commits: version < from.version ? { gained: [], lost: [from.provenance] } : { gained: [provenance], lost: [] },
  };
}
