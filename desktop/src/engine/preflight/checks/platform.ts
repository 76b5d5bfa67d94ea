import type { Finding } from '#contract/index.ts';
import type { EngineInfo } from '#engine/docker/index.ts';
import { say } from '#kit/say.ts';
import { shellWord } from '#kit/shell-word.ts';
import type { Check, PreflightInput } from '../check.ts';
import { type UsedImage, usedImages } from '../local-images.ts';

const spellings: Readonly<Record<string, string>> = { x86_64: 'amd64', aarch64: 'arm64', armv7l: 'arm', i386: '386' };
const spelled = (arch: string): string => spellings[arch] ?? arch;

/** Images that were made for another processor than the engine's. */
function platformFindings(images: readonly UsedImage[], engine: Pick<EngineInfo, 'arch'>): Finding[] {
  const own = spelled(engine.arch);
  const known = images.flatMap((one) => (one.local === undefined ? [] : [{ ...one, arch: spelled(one.local.arch) }]));
  const other = known.filter(({ arch }) => arch !== '' && own !== '' && arch !== own);
  if (known.length === 0) return [];
  if (other.length === 0)
    return [{ check: 'platform', severity: 'ok', title: say`The images are for this processor (${own})` }];
  return other.map(({ service, image, arch }) => {
    const asked = service.platform?.split('/')[1] === arch;
    return {
      check: 'platform',
      severity: asked ? 'note' : 'warning',
      title: say`${image} of ${service.name} is for ${arch}; the engine runs on ${own}`,
      why: asked
        ? say`The compose file asks for it. It runs by emulation, which is slow, where the engine has that.`
        : say`It runs slowly by emulation, or not at all (“exec format error”).`,
      remedy: say`Use an image that is made for ${own} too${asked ? '.' : say`, or remove the one that is here, so that it is pulled for ${own}.`}`,
      ...(asked
        ? {}
        : {
            repairs: [
              { kind: 'command' as const, label: say`Pull it for this processor`, command: pull(image, service, own) },
            ],
          }),
      details: { service: service.name, image, arch, engine: own },
    };
  });
}

const pull = (image: string, { platform }: UsedImage['service'], own: string): string =>
  `docker pull --platform ${shellWord(platform ?? `linux/${own}`)} ${shellWord(image)}`;

async function inspect(input: PreflightInput): Promise<Finding[]> {
  const found = await usedImages(input);
  return found === undefined ? [] : platformFindings(found.images, await found.gateway.info());
}

/** Images that are here are made for the engine's processor. */
export const platformCheck: Check = { name: 'platform', run: inspect };
