import type { AskedTrust, ImageTrust, Problem, Release, RemoteRelease } from '#contract/index.ts';

const workflow = 'acme/shop/.github/workflows/ci-cd.yml';
const rule = (verify: AskedTrust['verify']): AskedTrust => ({
  verify,
  workflow,
  refs: ['refs/heads/main', 'refs/tags/v*'],
  issuer: 'https://token.actions.githubusercontent.com',
});

const stranger = `https://github.com/mallory/shop/.github/workflows/ci-cd.yml@refs/heads/main`;

/** How the image of a version is attested: the newest by somebody else, old ones not at all, the others by CI. */
function found(version: string): ImageTrust {
  if (version === '1.5.0') {
    return {
      state: 'untrusted',
      signer: stranger,
      reason: `certificate identity error - expected ^https://github.com/${workflow}@(?:refs/heads/main|refs/tags/v[^@]*)$, got ${stranger}`,
    };
  }
  if (version <= '1.4.0') return { state: 'unsigned', reason: 'Nobody attested how it was built.' };
  return { state: 'verified', signer: `https://github.com/${workflow}@refs/heads/main` };
}

type Trusts = NonNullable<Release['trust']>;

const trustOf = (version: string, services: readonly { service: string }[], verify: AskedTrust['verify']): Trusts =>
  Object.fromEntries(services.map(({ service }) => [service, { ...found(version), rule: rule(verify) }]));

/** The same releases in a project whose policy has a rule about their images. What was refused is not among what was deployed. */
export function judgedHistory(releases: readonly Release[], verify: AskedTrust['verify']): Release[] {
  return judged(releases, verify).map((one) => {
    const { trust: _trust, ...rest } = one;
    const recorded = one.cause !== 'first' && (verify === 'warn' || found(one.version).state === 'verified');
    return recorded ? one : rest;
  });
}

/** The same versions of the registry in such a project. */
export function judged<Some extends Release | RemoteRelease>(releases: readonly Some[], verify: AskedTrust['verify']) {
  return releases.map((one) => ({ ...one, trust: trustOf(one.version, one.images, verify) }));
}

/** What the core says where a policy requires what a version does not have; undefined where it has. */
export function refusalFor(version: string): Problem | undefined {
  const trust = found(version);
  if (trust.state === 'verified') return undefined;
  const image = `ghcr.io/acme/backend:${version}`;
  return {
    code: 'IMAGE_UNTRUSTED',
    message: `backend is not deployed: ${image} is not what the policy names.`,
    remedy: `Deploy an image that ${workflow} built, or have the policy in the quayside file changed.`,
    details: { service: 'backend', image, ...trust, rule: rule('require') },
  };
}

/** What the core warns of where a policy only wishes for what a version does not have. */
export function warningsFor(version: string): string[] {
  if (found(version).state === 'verified') return [];
  return [`backend: ghcr.io/acme/backend:${version} was attested by somebody else than the policy names.`];
}
