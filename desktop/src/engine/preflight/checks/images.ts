import { type Finding, type Problem, type Repair, toProblem } from '#contract/index.ts';
import type { DockerGateway } from '#engine/docker/index.ts';
import { allOf, say } from '#kit/say.ts';
import { shellWord } from '#kit/shell-word.ts';
import type { Check, PreflightInput } from '../check.ts';
import { usedImages } from '../local-images.ts';

/** A registry that does not answer in that time is told of; a start would wait longer. */
const ASK_MS = 4_000;

/** How long an image that the registry would give is taken for there: some registries count every question. */
const KNOWN_MS = 600_000;
const known = new WeakMap<DockerGateway, Map<string, number>>();

interface Absent {
  readonly image: string;
  readonly services: readonly string[];
}

/** Images that are not here, each with the services that need it. */
function byImage(absent: readonly { image: string; service: string }[]): Absent[] {
  const names = new Map<string, string[]>();
  for (const { image, service } of absent) names.set(image, [...(names.get(image) ?? []), service]);
  return [...names].map(([image, services]) => ({ image, services }));
}

async function inspect(input: PreflightInput): Promise<Finding[]> {
  const found = await usedImages(input);
  if (found === undefined || found.images.length === 0) return [];
  const { gateway, images } = found;
  const absent = images
    .filter(({ local }) => local === undefined)
    .map(({ image, service }) => ({ image, service: service.name, never: service.pull_policy === 'never' }));
  const forbidden = byImage(absent.filter(({ never }) => never)).map(notPulled);
  const asked = await Promise.all(
    byImage(absent.filter(({ never }) => !never)).map((one) => askFor(gateway, one, input)),
  );
  const findings = [...forbidden, ...asked.filter((one) => one !== undefined)];
  if (findings.length > 0) return findings;
  const title =
    absent.length === 0 ? say`All images are here` : say`Images that are not here yet can be pulled: ${listed(absent)}`;
  return [{ check: 'images', severity: 'ok', title }];
}

const listed = (absent: readonly { image: string }[]): string =>
  [...new Set(absent.map(({ image }) => image))].join(', ');

function notPulled({ image, services }: Absent): Finding {
  return {
    check: 'images',
    severity: 'blocker',
    title: say`The image ${image} is not here, and ${allOf(services)} may not pull it`,
    why: say`pull_policy: never forbids it, and the service has no build.`,
    remedy: say`Pull it by hand, or change pull_policy.`,
    repairs: [{ kind: 'command', label: say`Pull the image`, command: `docker pull ${shellWord(image)}` }],
    details: { image, services },
  };
}

async function askFor(gateway: DockerGateway, absent: Absent, input: PreflightInput): Promise<Finding | undefined> {
  const there = known.get(gateway) ?? new Map<string, number>();
  if (performance.now() - (there.get(absent.image) ?? -Infinity) < KNOWN_MS) return undefined;
  try {
    await gateway.images.remote(absent.image, ASK_MS);
    known.set(gateway, there.set(absent.image, performance.now()));
    return undefined;
  } catch (error) {
    const loginPlace = await input.originOf(['services', absent.services[0] ?? '', 'image']);
    return unavailable(absent, toProblem(error), loginPlace && `${loginPlace.file}:${loginPlace.line}`);
  }
}

/** Says why an image that is not here cannot be had either. It stops nothing: the pull itself may still get through. */
function unavailable(
  { image, services }: Absent,
  { code, message, remedy, details }: Problem,
  place: string | undefined,
): Finding {
  const slow = code === 'ENGINE_TIMEOUT';
  const asked = /docker login(?: ([\w.:-]+))?/.exec(remedy ?? '');
  const repairs: Repair[] =
    code.startsWith('REGISTRY_') && asked !== null
      ? [{ kind: 'registry-login', registry: asked[1] ?? 'docker.io' }]
      : [];
  const [service] = services;
  const because = say`It is not here, and ${allOf(services)} cannot start without it`;
  return {
    check: 'images',
    severity: 'warning',
    title: slow ? say`The registry of ${image} did not answer within ${ASK_MS / 1000} s` : message,
    why: place === undefined ? `${because}.` : `${because} (${place}).`,
    ...(slow
      ? { remedy: say`Check the network; a start waits for the registry.` }
      : remedy === undefined
        ? {}
        : { remedy }),
    ...(repairs.length === 0 ? {} : { repairs }),
    details: { ...details, code, image, ...(service === undefined ? {} : { service }) },
  };
}

/** Images that services need and do not build are here, or the registry would give them. */
export const imagesCheck: Check = { name: 'images', run: inspect };
