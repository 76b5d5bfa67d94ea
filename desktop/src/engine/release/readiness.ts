import type { Readiness } from '#contract/index.ts';
import type { DockerGateway } from '#engine/docker/index.ts';
import { locateRecorded } from './images.ts';
import type { Story } from './records/entries.ts';
import type { Seal } from './records/seal.ts';

/** Whether a release could be gone back to now, told before anybody needs it. */
export async function readinessOf(
  gateway: DockerGateway,
  seal: Seal,
  { record, end, dropped }: Story,
): Promise<Readiness> {
  const red: string[] = [];
  const amber: string[] = [];
  if (end?.outcome !== 'done') red.push('it did not go well');
  try {
    await seal.open(record.model);
  } catch {
    red.push('its environment cannot be opened on this machine');
  }
  const located = await Promise.all(record.images.map((image) => locateRecorded(gateway, image)));
  for (const { service, found, source } of located) {
    if (found) continue;
    if (source === undefined) red.push(`the image of ${service} is gone, and it is in no registry`);
    else amber.push(`the image of ${service} has to be pulled from the registry`);
  }
  if (dropped && red.length === 0 && amber.length === 0)
    amber.push('its images are no longer kept and may be cleaned up');
  if (red.length > 0) return { light: 'red', reasons: red };
  if (amber.length > 0) return { light: 'amber', reasons: amber };
  return { light: 'green', reasons: ['all images are here; it works without the registry'] };
}
