import { atLeast } from '#engine/docker/index.ts';
import { say } from '#kit/say.ts';

/** The first Docker release that speaks an API version. */
const releases: Readonly<Record<string, string>> = {
  '1.42': '23',
  '1.43': '24',
  '1.44': '25',
  '1.45': '26',
  '1.48': '28.0',
  '1.49': '28.1',
};

/** `Docker 25 (API 1.44) or newer; this engine speaks API 1.41`: undefined where the engine's version will do. */
export function lacking(apiVersion: string, wanted: string): string | undefined {
  if (atLeast(apiVersion, wanted)) return undefined;
  return say`Docker ${releases[wanted] ?? ''} (API ${wanted}) or newer; this engine speaks API ${apiVersion}`;
}
