import { QuaysideError } from '#contract/index.ts';
import { say } from '#kit/say.ts';
import type { UpgradingTransport } from '../../transport.ts';
import type { BuildRun } from '../backend.ts';
import { type BuildSession, openBuildSession } from './build-session.ts';
import { answersFor } from './request-answers.ts';

/**
 * Opens the session of a build. Every build has one: without it, the builder cannot even answer a registry that wants
 * everybody to fetch a token, as Docker Hub does. `warning` says what an engine that refuses sessions cannot be given.
 */
export async function openSessionFor(
  transport: UpgradingTransport,
  { prepared, logins, signal }: BuildRun,
): Promise<{ readonly session?: BuildSession; readonly warning?: string }> {
  try {
    return { session: await openBuildSession(transport, answersFor(prepared.request, logins), signal) };
  } catch (error) {
    if (!(error instanceof QuaysideError) || !refusals.has(error.code)) throw error;
    if (prepared.request.secrets.length > 0) throw refused(error);
    return {
      warning: say`The engine refuses build sessions, so base images can be had only where no registry wants a login or token (${error.message})`,
    };
  }
}

const refusals = new Set(['ENGINE_REFUSED', 'ENGINE_NOT_FOUND', 'ENGINE_PERMISSION', 'ENGINE_PROTOCOL']);

function refused(cause: QuaysideError): QuaysideError {
  return new QuaysideError(
    'BUILD_FAILED',
    say`The engine refuses build sessions, so build secrets cannot be used: ${cause.message}`,
    {
      remedy: say`A proxy in front of the engine may not allow POST /session; allow it, or build elsewhere and pull the image.`,
      cause,
    },
  );
}
