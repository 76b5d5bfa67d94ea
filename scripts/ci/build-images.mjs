import { appendFileSync } from 'node:fs';
import { main, misuse } from '../lib/trouble.mjs';
import { bake, basePinned, digestsOf, factsOf } from './images.mjs';

/** In CI: builds both images for the platform in ARCH, pushes them by digest, and tells digests, registry and version. */
await main(async () => {
  const { ARCH: arch, GITHUB_REPOSITORY_OWNER: owner, GITHUB_OUTPUT: output } = process.env;
  if (!arch || !owner || !output)
    throw misuse('This runs in CI.', 'It reads ARCH and the variables of GitHub Actions.');
  const registry = `ghcr.io/${owner.toLowerCase()}`;
  const facts = await factsOf(process.env);
  const branch = (process.env.GITHUB_REF_NAME ?? '').replace(/[^A-Za-z0-9_.-]/g, '-');
  const variables = {
    ...facts,
    REGISTRY: registry,
    NODE_IMAGE: await basePinned(),
    PLATFORM: `linux/${arch}`,
    ATTEST: 'true',
    // Beside the images, where no pull request can write; "cache" in its name tells it from a version.
    CACHE: `cache-${arch}-${branch}`,
  };
  const metadata = await bake(variables, [
    '--set',
    '*.output=type=image,push=true,push-by-digest=true,name-canonical=true',
  ]);
  const lines = Object.entries(digestsOf(metadata)).map(([service, digest]) => `${service}-${arch}=${digest}`);
  appendFileSync(output, [...lines, `registry=${registry}`, `version=${facts.VERSION}`, ''].join('\n'));
});
