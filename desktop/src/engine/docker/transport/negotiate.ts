import { z } from 'zod';
import { QuaysideError } from '#contract/index.ts';
import { json, type Transport } from '../transport.ts';
import type { EngineInfo } from '../types.ts';

/** Oldest and newest API version that Quayside speaks: Docker 20.10 and 28.5. */
const apiFloor = '1.41';
const apiCeiling = '1.51';

const versionShape = z.object({
  Version: z.string(),
  ApiVersion: z.string().regex(/^\d+\.\d+$/),
  MinAPIVersion: z.string().optional(),
  Os: z.string(),
  Arch: z.string(),
});

function compare(left: string, right: string): number {
  const [leftMajor = 0, leftMinor = 0] = left.split('.').map(Number);
  const [rightMajor = 0, rightMinor = 0] = right.split('.').map(Number);
  return leftMajor === rightMajor ? leftMinor - rightMinor : leftMajor - rightMajor;
}

/**
 * Asks for the engine's version over a transport without version prefix and settles on the newest API both sides know.
 * Throws ENGINE_TOO_OLD below 1.41 and ENGINE_REFUSED where the engine no longer accepts 1.51.
 */
export async function negotiate(unversioned: Transport, deadlineMs: number): Promise<EngineInfo> {
  const answer = await json(unversioned, versionShape, { method: 'GET', path: '/version', deadlineMs });
  if (compare(answer.ApiVersion, apiFloor) < 0) {
    throw new QuaysideError(
      'ENGINE_TOO_OLD',
      `Docker Engine ${answer.Version} speaks API ${answer.ApiVersion}; Quayside needs ${apiFloor} or newer.`,
      {
        remedy: 'Update Docker to 20.10 or newer.',
        details: { version: answer.Version, apiVersion: answer.ApiVersion },
      },
    );
  }
  const apiVersion = compare(answer.ApiVersion, apiCeiling) < 0 ? answer.ApiVersion : apiCeiling;
  if (answer.MinAPIVersion !== undefined && compare(apiVersion, answer.MinAPIVersion) < 0) {
    throw new QuaysideError(
      'ENGINE_REFUSED',
      `Docker Engine ${answer.Version} accepts API ${answer.MinAPIVersion} and newer; Quayside speaks up to ${apiCeiling}.`,
      { remedy: 'Update Quayside, or lower `min-api-version` in the configuration of the Docker Engine.' },
    );
  }
  return { version: answer.Version, apiVersion, os: answer.Os, arch: answer.Arch };
}
