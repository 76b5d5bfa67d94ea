import { z } from 'zod';
import { QuaysideError } from '#contract/index.ts';
import { say } from '#kit/say.ts';
import { apiCeiling, apiFloor, atLeast } from '../api-version.ts';
import { json, type Transport } from '../transport.ts';
import type { EngineInfo } from '../types.ts';

const versionShape = z.object({
  Version: z.string(),
  ApiVersion: z.string().regex(/^\d+\.\d+$/),
  MinAPIVersion: z.string().optional(),
  Os: z.string(),
  Arch: z.string(),
});

/**
 * Asks for the engine's version over a transport without version prefix and settles on the newest API both sides know, at
 * most the one given. Throws ENGINE_TOO_OLD below 1.41 and ENGINE_REFUSED where the engine no
 * longer accepts ours.
 */
export async function negotiate(
  unversioned: Transport,
  deadlineMs: number,
  atMost: string = apiCeiling,
): Promise<EngineInfo> {
  const answer = await json(unversioned, versionShape, { method: 'GET', path: '/version', deadlineMs });
  if (!atLeast(answer.ApiVersion, apiFloor)) {
    throw new QuaysideError(
      'ENGINE_TOO_OLD',
      say`Docker Engine ${answer.Version} speaks API ${answer.ApiVersion}; Quayside needs ${apiFloor} or newer.`,
      {
        remedy: say`Update Docker to 20.10 or newer.`,
        details: { version: answer.Version, apiVersion: answer.ApiVersion },
      },
    );
  }
  const newest = older(atMost, apiCeiling);
  const apiVersion = older(answer.ApiVersion, newest);
  if (answer.MinAPIVersion !== undefined && !atLeast(apiVersion, answer.MinAPIVersion)) {
    throw new QuaysideError(
      'ENGINE_REFUSED',
      say`Docker Engine ${answer.Version} accepts API ${answer.MinAPIVersion} and newer; Quayside speaks up to ${newest}.`,
      { remedy: say`Update Quayside, or lower \`min-api-version\` in the configuration of the Docker Engine.` },
    );
  }
  return { version: answer.Version, apiVersion, os: answer.Os, arch: answer.Arch };
}

function older(left: string, right: string): string {
  return atLeast(left, right) ? right : left;
}
