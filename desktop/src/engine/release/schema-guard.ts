import { QuaysideError } from '#contract/index.ts';
import type { ContainerDetail, DockerGateway } from '#engine/docker/index.ts';
import { serviceOf } from '#engine/stack/index.ts';
import { say } from '#kit/say.ts';
import type { Wanted } from './images.ts';
import { schemaRange } from './provenance.ts';

/**
 * Images say which data schemas they can read. What runs now may have written the newest it knows; an image that cannot read
 * that must not come in its place unasked. Returns warnings; throws RELEASE_SCHEMA unless `accepted`.
 */
export async function checkSchemas(
  gateway: DockerGateway,
  containers: readonly ContainerDetail[],
  wanted: readonly Wanted[],
  accepted: boolean,
): Promise<string[]> {
  const warnings: string[] = [];
  for (const { service, found } of wanted) {
    const next = found && schemaRange(found.labels);
    const container = containers.find((one) => serviceOf(one) === service);
    const running = container && (await gateway.images.find(container.imageId));
    const now = running && schemaRange(running.labels);
    if (!next || !now || (now.max >= next.min && now.max <= next.max)) continue;
    warnings.push(
      say`${service} has data of schema ${now.max}, and the image can read ${next.min} to ${next.max} only: it may fail or damage the data.`,
    );
  }
  if (warnings.length === 0 || accepted) return warnings;
  throw new QuaysideError('RELEASE_SCHEMA', warnings.join(' '), {
    remedy: say`Restore the data that belongs to that release first; or go on knowingly with --accept-schema.`,
    details: { warnings },
  });
}
