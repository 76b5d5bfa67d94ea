import { say } from '#kit/say.ts';
import type { Logins } from '../registry/logins.ts';
import { pullError } from '../registry/pull-errors.ts';
import { parseReference } from '../registry/reference.ts';
import type { Explanation } from './explain.ts';
import type { BuildFailureDetails } from './failure-details.ts';

/** Says why an image that the build stands on could not be had, in the words of a pull; undefined for any other failure. */
export async function explainImage(
  details: BuildFailureDetails,
  place: string,
  logins: Logins,
): Promise<Explanation | undefined> {
  const image = imageIn(details);
  const reference = image === undefined ? undefined : parseReference(image);
  if (image === undefined || reference === undefined) return undefined;
  const { auth, problem } = await logins.find(reference.domain);
  const { code, message, remedy } = pullError({
    reference,
    reason: details.reason,
    loggedIn: auth !== undefined,
    ...(problem === undefined ? {} : { loginProblem: problem }),
  });
  return {
    code: code === 'ENGINE_REFUSED' ? 'BUILD_FAILED' : code,
    message: say`${place} needs the image ${image}. ${message}`,
    remedy: remedy ?? say`Pull the image once to see why, then build again.`,
  };
}

/** The image by the builder's own words, or the one that the failed FROM names. */
function imageIn({ reason, step = '' }: BuildFailureDetails): string | undefined {
  const resolved = /failed to resolve source metadata for (\S+):/.exec(reason)?.[1];
  return resolved ?? /^FROM\s+(?:--\S+\s+)*(\S+)/i.exec(step)?.[1];
}
