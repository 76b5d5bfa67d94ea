import { type ErrorCode, QuaysideError } from '#contract/index.ts';
import { familiarReference, type ImageReference } from './reference.ts';

/** What is known about a pull that failed. */
export interface PullFailure {
  readonly reference: ImageReference;
  /** The engine's own words. */
  readonly reason: string;
  readonly loggedIn: boolean;
  /** Why a saved login could not be used. */
  readonly loginProblem?: string;
}

interface Rule {
  readonly when: RegExp;
  readonly code: ErrorCode;
  readonly say: (image: string, host: string) => string;
  readonly remedy: (image: string, host: string) => string;
}

const login = (host: string): string => `docker login${host === 'docker.io' ? '' : ` ${host}`}`;

/** Read from top to bottom: the engine wraps one message into another, so the narrower ones come first. */
const rules: readonly Rule[] = [
  {
    when: /no space left on device/i,
    code: 'DISK_FULL',
    say: (image) => `The disk of the engine is full, so ${image} could not be stored.`,
    remedy: () => 'Remove images and build cache that nobody needs (docker system df shows them), then try again.',
  },
  {
    when: /toomanyrequests|too many requests|rate limit/i,
    code: 'REGISTRY_RATE_LIMIT',
    say: (image, host) => `${host} has had too many requests from here and refuses ${image} for now.`,
    remedy: (_image, host) => `Wait a while, or sign in for a higher limit: ${login(host)}`,
  },
  {
    when: /no matching manifest for|does not match the specified platform/i,
    code: 'IMAGE_NOT_FOUND',
    say: (image) => `${image} does not exist for the processor of this engine.`,
    remedy: () => 'Set `platform` for the service, or have the image built for this processor too.',
  },
  {
    when: /manifest unknown|manifest for .* not found|name unknown|repository name not known|not found: does not exist/i,
    code: 'IMAGE_NOT_FOUND',
    say: (image, host) => `${host} does not hold ${image}.`,
    remedy: () => 'Check name and tag; the build that should have pushed it may have failed.',
  },
  {
    when: /unknown blob|blob unknown/i,
    code: 'IMAGE_NOT_FOUND',
    say: (image, host) => `${host} holds only a part of ${image}.`,
    remedy: () => 'It has to be pushed again.',
  },
  {
    when: /unmarshal|invalid character|unsupported manifest|mediatype|malformed/i,
    code: 'REGISTRY_UNREACHABLE',
    say: (_image, host) => `${host} answers, but not as a registry does.`,
    remedy: () => 'Check its address; a sign-in page or a proxy may be answering instead.',
  },
  {
    when: /no basic auth credentials|unauthorized|authentication required|authorization failed|incorrect username or password/i,
    code: 'REGISTRY_LOGIN',
    say: (image, host) => `${host} wants a valid login before it gives out ${image}.`,
    remedy: (_image, host) => `Sign in once on this machine: ${login(host)}`,
  },
  {
    when: /denied|forbidden|status(?: code)?:? 403/i,
    code: 'REGISTRY_DENIED',
    say: (image, host) => `${host} does not let this login have ${image}.`,
    remedy: () => 'Check the name; ask the owner of the repository for the right to read it.',
  },
  {
    when: /server gave HTTP response to HTTPS client/i,
    code: 'REGISTRY_UNREACHABLE',
    say: (_image, host) => `${host} speaks plain HTTP, which the engine refuses.`,
    remedy: (_image, host) => `Give the registry a certificate, or name ${host} in the engine's insecure-registries.`,
  },
  {
    when: /x509|certificate/i,
    code: 'REGISTRY_UNREACHABLE',
    say: (_image, host) => `The certificate of ${host} is not trusted by the engine.`,
    remedy: () => 'Check the clock of the machine, or give the engine the certificate authority of the registry.',
  },
  {
    when: /no such host|server misbehaving|name resolution/i,
    code: 'REGISTRY_UNREACHABLE',
    say: (_image, host) => `The engine finds no address for ${host}.`,
    remedy: () => 'Check the name of the registry and the network (VPN, DNS) of the engine.',
  },
  {
    when: /verification failed|unexpected EOF|failed to register layer|short read|corrupt/i,
    code: 'REGISTRY_UNREACHABLE',
    say: (image, host) => `${host} sent damaged data for ${image}; nothing was stored.`,
    remedy: () => 'Try again; if it stays so, the image has to be pushed again or a proxy in between damages it.',
  },
  {
    when: /unexpected HTTP status|status(?: code)?:? 5\d\d|internal server error|bad gateway|service unavailable|error parsing HTTP/i,
    code: 'REGISTRY_UNREACHABLE',
    say: (_image, host) => `${host} answers, but with an error of its own.`,
    remedy: () => 'Try again in a few minutes; if it stays so, tell who runs the registry.',
  },
  {
    when: /connection refused|connection reset|broken pipe|timeout|timed out|deadline exceeded|unreachable|EOF|request canceled/i,
    code: 'REGISTRY_UNREACHABLE',
    say: (_image, host) => `The engine cannot reach ${host}.`,
    remedy: () => 'Check the network, VPN and proxy of the engine, then try again.',
  },
];

/** Maps the engine's words about a failed pull to a code, a sentence and a remedy. The words stay in `details.reason`. */
export function pullError(failure: PullFailure): QuaysideError {
  const { reference, reason } = failure;
  const image = familiarReference(reference);
  const details = { image, registry: reference.domain, reason };
  if (isAmbiguous(reason)) return new QuaysideError(...ambiguous(failure, image, details));
  const rule = rules.find(({ when }) => when.test(reason));
  if (rule === undefined) {
    return new QuaysideError('ENGINE_REFUSED', `${image} could not be pulled: ${reason}`, {
      remedy: 'The words behind the colon are those of the engine; try again when that is mended.',
      details,
    });
  }
  const remedy = rule.remedy(image, reference.domain);
  return new QuaysideError(rule.code, rule.say(image, reference.domain), {
    remedy: rule.code === 'REGISTRY_LOGIN' ? withLoginProblem(remedy, failure) : remedy,
    details,
  });
}

/** Registries give one answer for "does not exist" and for "not for you", so that names cannot be guessed. */
function isAmbiguous(reason: string): boolean {
  return /repository does not exist or may require/i.test(reason);
}

function ambiguous(failure: PullFailure, image: string, details: Record<string, unknown>) {
  const host = failure.reference.domain;
  const message = failure.loggedIn
    ? `${host} has no ${image}, or does not let this login have it.`
    : `${host} has no ${image}, or wants a login before it gives it out.`;
  const remedy = failure.loggedIn
    ? 'Check the name; ask the owner of the repository for the right to read it.'
    : withLoginProblem(`Check the name; if it is right, sign in: ${login(host)}`, failure);
  const code: ErrorCode = failure.loggedIn ? 'REGISTRY_DENIED' : 'REGISTRY_LOGIN';
  return [code, message, { remedy, details }] as const;
}

function withLoginProblem(remedy: string, failure: PullFailure): string {
  return failure.loginProblem === undefined ? remedy : `${remedy} (${failure.loginProblem}.)`;
}
