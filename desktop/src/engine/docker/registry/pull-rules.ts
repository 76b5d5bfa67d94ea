import type { ErrorCode } from '#contract/index.ts';
import { say } from '#kit/say.ts';

/** What a rule may speak of. */
interface Subject {
  /** As people write it. */
  readonly image: string;
  readonly host: string;
  /** Whether a login was sent along. */
  readonly loggedIn: boolean;
}

export interface Told {
  readonly message: string;
  readonly remedy: string;
}

interface PullRule {
  readonly when: RegExp;
  readonly code: ErrorCode;
  readonly tell: (subject: Subject) => Told;
  /** Whether the same request may well succeed a moment later. */
  readonly passing?: true;
}

export const loginCommand = (host: string): string => `docker login${host === 'docker.io' ? '' : ` ${host}`}`;

const waitAndTell = say`Try again in a few minutes; if it stays so, tell who runs the registry.`;

/**
 * What the engine's words mean, for pulls and for the base images of builds. Read from top to bottom: the engine wraps one
 * message into another, so the narrower ones come first.
 */
export const pullRules: readonly PullRule[] = [
  {
    when: /no space left on device/i,
    code: 'DISK_FULL',
    tell: ({ image }) => ({
      message: say`The disk of the engine is full, so ${image} could not be stored.`,
      remedy: say`Remove images and build cache that nobody needs (docker system df shows them), then try again.`,
    }),
  },
  {
    when: /(?:reached|exceeded) your .*limit|pull rate limit/i,
    code: 'REGISTRY_RATE_LIMIT',
    tell: ({ image, host, loggedIn }) => ({
      message: say`The pulls that ${host} allows from here are used up, so it refuses ${image} for now.`,
      remedy: loggedIn
        ? say`Wait some hours, or use a login with a higher limit.`
        : say`Wait some hours, or sign in for a higher limit: ${loginCommand(host)}`,
    }),
  },
  {
    when: /toomanyrequests|too many requests|rate limit/i,
    code: 'REGISTRY_RATE_LIMIT',
    passing: true,
    tell: ({ image, host, loggedIn }) => ({
      message: say`${host} has had too many requests from here and refuses ${image} for now.`,
      remedy: loggedIn ? say`Wait a while.` : say`Wait a while, or sign in for a higher limit: ${loginCommand(host)}`,
    }),
  },
  {
    when: /no matching manifest for|no match for platform|does not match the specified platform/i,
    code: 'IMAGE_NOT_FOUND',
    tell: ({ image }) => ({
      message: say`${image} does not exist for the processor of this engine.`,
      remedy: say`Set \`platform\` for the service, or have the image built for this processor too.`,
    }),
  },
  {
    when: /name unknown|repository name not known/i,
    code: 'IMAGE_NOT_FOUND',
    tell: ({ image, host }) => ({
      message: say`${host} has no repository for ${image}.`,
      remedy: say`Check the name in front of the tag; nothing was ever pushed under it.`,
    }),
  },
  {
    when: /unknown blob|blob unknown|could not fetch content descriptor .*not found/i,
    code: 'IMAGE_NOT_FOUND',
    tell: ({ image, host }) => ({
      message: say`${host} holds only a part of ${image}.`,
      remedy: say`It has to be pushed again.`,
    }),
  },
  {
    when: /manifest unknown|manifest for .* not found|not found: does not exist|: not found$/i,
    code: 'IMAGE_NOT_FOUND',
    tell: ({ image, host }) => ({
      message: say`${host} does not hold ${image}.`,
      remedy: say`Check name and tag; the build that should have pushed it may have failed.`,
    }),
  },
  {
    when: /verification failed|unexpected commit digest|digest mismatch|unexpected EOF|failed to register layer|short read|corrupt/i,
    code: 'REGISTRY_UNREACHABLE',
    passing: true,
    tell: ({ image, host }) => ({
      message: say`${host} sent damaged data for ${image}; nothing was stored.`,
      remedy: say`Try again; if it stays so, the image has to be pushed again or a proxy in between damages it.`,
    }),
  },
  {
    when: /unmarshal|invalid character|unsupported manifest|mediatype|malformed/i,
    code: 'REGISTRY_UNREACHABLE',
    tell: ({ host }) => ({
      message: say`${host} answers, but not as a registry does.`,
      remedy: say`Check its address; a sign-in page or a proxy may be answering instead.`,
    }),
  },
  {
    when: /no basic auth credentials|unauthorized|authentication required|authorization failed|incorrect username or password|no active session/i,
    code: 'REGISTRY_LOGIN',
    tell: ({ image, host, loggedIn }) =>
      loggedIn
        ? {
            message: say`${host} does not accept the saved login, so it does not give out ${image}.`,
            remedy: say`Sign in again on this machine: ${loginCommand(host)}`,
          }
        : {
            message: say`${host} wants a login before it gives out ${image}.`,
            remedy: say`Sign in once on this machine: ${loginCommand(host)}`,
          },
  },
  {
    when: /denied|forbidden|status(?: code)?:? 403/i,
    code: 'REGISTRY_DENIED',
    tell: ({ image, host, loggedIn }) =>
      loggedIn
        ? {
            message: say`${host} does not let this login have ${image}.`,
            remedy: say`Check the name; ask the owner of the repository for the right to read it.`,
          }
        : {
            message: say`${host} does not let everybody have ${image}.`,
            remedy: say`Check the name; if it is right, sign in with a login that may read it: ${loginCommand(host)}`,
          },
  },
  {
    when: /server gave HTTP response to HTTPS client/i,
    code: 'REGISTRY_UNREACHABLE',
    tell: ({ host }) => ({
      message: say`${host} speaks plain HTTP, which the engine refuses.`,
      remedy: say`Give the registry a certificate, or name ${host} in the engine's insecure-registries.`,
    }),
  },
  {
    when: /x509|certificate/i,
    code: 'REGISTRY_UNREACHABLE',
    tell: ({ host }) => ({
      message: say`The certificate of ${host} is not trusted by the engine.`,
      remedy: say`Check the clock of the machine, or give the engine the certificate authority of the registry.`,
    }),
  },
  {
    when: /no such host|server misbehaving|name resolution/i,
    code: 'REGISTRY_UNREACHABLE',
    tell: ({ host }) => ({
      message: say`The engine finds no address for ${host}.`,
      remedy: say`Check the name of the registry and the network (VPN, DNS) of the engine.`,
    }),
  },
  {
    when: /unexpected HTTP status|unexpected status|status(?: code)?:? 5\d\d|internal server error|bad gateway|service unavailable|error parsing HTTP/i,
    code: 'REGISTRY_UNREACHABLE',
    passing: true,
    tell: ({ host }) => ({ message: say`${host} answers, but with an error of its own.`, remedy: waitAndTell }),
  },
  {
    when: /connection refused/i,
    code: 'REGISTRY_UNREACHABLE',
    tell: ({ host }) => ({
      message: say`Nobody listens at ${host}: the connection was refused.`,
      remedy: say`Check the address of the registry, and that it runs.`,
    }),
  },
  {
    when: /timeout|timed out|deadline exceeded|request canceled/i,
    code: 'REGISTRY_UNREACHABLE',
    passing: true,
    tell: ({ host }) => ({
      message: say`${host} did not answer the engine in time.`,
      remedy: say`Check the network, VPN and proxy of the engine, then try again.`,
    }),
  },
  {
    when: /unreachable|no route to host/i,
    code: 'REGISTRY_UNREACHABLE',
    tell: ({ host }) => ({
      message: say`The engine has no way to ${host}.`,
      remedy: say`Check the network, VPN and proxy of the engine, then try again.`,
    }),
  },
  {
    when: /connection reset|broken pipe|EOF/i,
    code: 'REGISTRY_UNREACHABLE',
    passing: true,
    tell: ({ host }) => ({
      message: say`The connection between the engine and ${host} broke off.`,
      remedy: say`Try again; if it stays so, a proxy or firewall in between may cut it. ${waitAndTell}`,
    }),
  },
];
