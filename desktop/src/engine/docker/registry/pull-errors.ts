import { QuaysideError } from '#contract/index.ts';
import { say } from '#kit/say.ts';
import { loginCommand, pullRules, type Told } from './pull-rules.ts';
import { familiarReference, type ImageReference, parseReference } from './reference.ts';

/** An image by its name. Throws IMAGE_NOT_FOUND for what is no name. */
export function namedImage(image: string): ImageReference {
  const reference = parseReference(image);
  if (reference !== undefined) return reference;
  throw new QuaysideError('IMAGE_NOT_FOUND', say`${image} is not a valid image name.`, {
    remedy: say`Names are small letters, digits and \`. _ - /\`; a tag follows behind a colon, a digest behind @.`,
    details: { image },
  });
}

/** True for an HTTP error of the engine itself, whose message then is about the registry. */
export function fromRegistry(error: unknown): error is QuaysideError {
  return (
    error instanceof QuaysideError && typeof error.details?.['status'] === 'number' && error.code !== 'ENGINE_PROTOCOL'
  );
}

/** What is known about a pull that failed. */
export interface PullFailure {
  readonly reference: ImageReference;
  /** The engine's own words. */
  readonly reason: string;
  readonly loggedIn: boolean;
  /** Why a saved login could not be used. */
  readonly loginProblem?: string;
}

/** Maps the engine's words about a failed pull to a code, a sentence and a remedy. The words stay in `details.reason`. */
export function pullError(failure: PullFailure): QuaysideError {
  const { reference, reason } = failure;
  const image = familiarReference(reference);
  const details = { image, registry: reference.domain, reason };
  if (isAmbiguous(reason)) return ambiguous(failure, image, details);
  const rule = pullRules.find(({ when }) => when.test(reason));
  if (rule === undefined) {
    return new QuaysideError('ENGINE_REFUSED', say`${image} could not be pulled: ${reason}`, {
      remedy: say`The words behind the colon are those of the engine; try again when that is mended.`,
      details,
    });
  }
  const told = rule.tell({ image, host: reference.domain, loggedIn: failure.loggedIn });
  const { message, remedy } = rule.code === 'REGISTRY_LOGIN' ? withLoginProblem(told, failure) : told;
  return new QuaysideError(rule.code, message, {
    remedy,
    details: { ...details, ...(rule.passing === true ? { passing: true } : {}) },
  });
}

/** Whether a pull that failed in this way may well succeed a moment later. */
export function isPassing(error: unknown): error is QuaysideError {
  return error instanceof QuaysideError && error.details?.['passing'] === true;
}

/** Registries give one answer for "does not exist" and for "not for you", so that names cannot be guessed. */
function isAmbiguous(reason: string): boolean {
  return /repository does not exist or may require/i.test(reason);
}

function ambiguous(failure: PullFailure, image: string, details: Record<string, unknown>): QuaysideError {
  const host = failure.reference.domain;
  if (failure.loggedIn) {
    const remedy = say`Check the name; ask the owner of the repository for the right to read it.`;
    return new QuaysideError('REGISTRY_DENIED', say`${host} has no ${image}, or does not let this login have it.`, {
      remedy,
      details,
    });
  }
  const { message, remedy } = withLoginProblem(
    {
      message: say`${host} has no ${image}, or wants a login before it gives it out.`,
      remedy: say`Check the name; if it is right, sign in: ${loginCommand(host)}`,
    },
    failure,
  );
  return new QuaysideError('REGISTRY_LOGIN', message, { remedy, details });
}

/** A login that is saved but cannot be read is the thing to mend: signing in would fail by it, too. */
function withLoginProblem(told: Told, { reference, loginProblem }: PullFailure): Told {
  if (loginProblem === undefined) return told;
  return {
    message: say`${told.message} A login may be saved, but ${loginProblem}.`,
    remedy: say`Mend that; or take credsStore and credHelpers out of Docker's config.json and sign in again: ${loginCommand(reference.domain)}`,
  };
}
