import { type ErrorCode, QuaysideError } from '#contract/index.ts';
import { say } from '#kit/say.ts';
import type { Asked } from './errors.ts';

const shown = 200;

/** The engine's own words in an error answer, or undefined where the body is not one of its answers. */
function messageOf(text: string): string | undefined {
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body === 'object' && body !== null && 'message' in body && typeof body.message === 'string') {
      return body.message.trim();
    }
  } catch {
    return undefined;
  }
  return undefined;
}

const bound = /(?:bind for|host port(?: for)?|listen \w+|exposing port \w+) (\S*?):(\d+)\b/i;

function portInUse(message: string, details: Record<string, unknown>): QuaysideError {
  const [, hostIp, digits] = bound.exec(message) ?? [];
  const port = digits === undefined ? undefined : Number(digits);
  return new QuaysideError('PORT_IN_USE', say`Port ${port ?? '?'} of this machine is already in use: ${message}`, {
    remedy: say`Stop what uses the port, or publish the service on another one.`,
    details: { ...details, ...(port === undefined ? {} : { port }), ...(hostIp ? { hostIp } : {}) },
  });
}

/** What the engine says when its networks fail, and what helps. */
const networkTroubles: readonly (readonly [RegExp, string])[] = [
  [
    /iptables|nftables|firewalld|programming external connectivity/i,
    say`The rules of the engine for its networks are gone or were changed, mostly by a firewall: restart the engine (\`sudo systemctl restart docker\`, or restart Docker Desktop), then start again.`,
  ],
  [
    /non-overlapping ipv4 address pool|address pools have been fully subnetted/i,
    say`The addresses for networks are used up: remove networks that nothing uses (\`docker network prune\`), then start again.`,
  ],
  [
    /pool overlaps with other one/i,
    say`Another network has these addresses: change \`subnet\` in the compose file, or remove the other network.`,
  ],
];

function codeFor(status: number, message: string): ErrorCode {
  if (/no space left on device|disk quota exceeded/i.test(message)) return 'DISK_FULL';
  if (/no such image|image .* not found/i.test(message)) return 'IMAGE_NOT_FOUND';
  if (/active endpoints|volume is in use/i.test(message)) return 'ENGINE_CONFLICT';
  if (status === 401) return 'ENGINE_PERMISSION';
  if (status === 404) return 'ENGINE_NOT_FOUND';
  if (status === 409) return 'ENGINE_CONFLICT';
  if (status === 503 && /starting|not ready/i.test(message)) return 'ENGINE_STARTING';
  return 'ENGINE_REFUSED';
}

const remedies: Partial<Record<ErrorCode, string>> = {
  DISK_FULL: say`Free space on the disk of the Docker Engine, for example with \`docker system df\` and \`docker image prune\`.`,
  IMAGE_NOT_FOUND: say`Build or pull the image first.`,
  ENGINE_PERMISSION: say`Sign in to the Docker Engine or ask its administrator for access.`,
  ENGINE_NOT_FOUND: say`It may have been removed by someone else; look at the current state and try again.`,
  ENGINE_CONFLICT: say`Something else uses or changes it right now; look at the current state and try again.`,
  ENGINE_STARTING: say`Wait until the Docker Engine has started, then try again.`,
};

/**
 * Turns an error answer of the engine into cause and remedy: 404, 409, ports, disk, images; others are ENGINE_REFUSED with
 * the engine's own words, and ENGINE_PROTOCOL where the body was not written by an engine. `details.status` holds the status.
 */
export function statusError(status: number, text: string, asked: Asked): QuaysideError {
  const message = messageOf(text);
  const details = { status, call: `${asked.method} ${asked.path}` };
  if (message === undefined) {
    const excerpt = text.trim().slice(0, shown);
    return new QuaysideError(
      'ENGINE_PROTOCOL',
      say`HTTP ${status} to ${details.call} did not come from a Docker Engine${excerpt === '' ? '.' : `: ${excerpt}`}`,
      { remedy: say`Check the address: a web server or a proxy may be answering instead.`, details },
    );
  }
  if (/port is already allocated|address already in use/i.test(message)) return portInUse(message, details);
  const code = codeFor(status, message);
  const network = networkTroubles.find(([words]) => words.test(message))?.[1];
  return new QuaysideError(code, message === '' ? say`The Docker Engine answered HTTP ${status}.` : message, {
    remedy: network ?? remedies[code] ?? say`Read the message of the Docker Engine; nothing was retried.`,
    details,
  });
}
