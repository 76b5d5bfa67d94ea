import type { ReleaseProject } from '../release-project.ts';
import { repositoryAt } from './artifacts.ts';
import type { FakeSigstore } from './fake-sigstore.ts';

const bundleType = 'application/vnd.dev.sigstore.bundle.v0.3+json';

/** Lays a real signature of `by` over a statement about `digest` beside the image of a service, which is `beside`. */
export async function attestImage(
  stack: ReleaseProject,
  sigstore: FakeSigstore,
  { service, beside, digest = beside, by }: { service: string; beside: string; digest?: string; by: string },
): Promise<void> {
  const { host } = stack.registry;
  const bundle = await sigstore.attest(digest, { identity: by });
  const repository = repositoryAt(host, stack.image(service).slice(host.length + 1));
  await repository.attach(beside, { artifactType: bundleType, content: JSON.parse(bundle.toString()) as object });
}
