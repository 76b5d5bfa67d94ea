import type { IncomingMessage, ServerResponse } from 'node:http';
import { pageHeaders } from '#kit/page-policy.ts';

/** What a host says of how its panel is entered. */
interface Way {
  how: 'link' | 'password' | 'provider';
  provider?: string;
}

/** Scenes of whoever is not signed in. Each is the name of a host, as a page that knows nothing yet can name no scene. */
export const doors: Readonly<Record<string, Way>> = {
  'sign-in': { how: 'password' },
  'sign-in-provider': { how: 'provider', provider: 'Example' },
  'sign-in-both': { how: 'password', provider: 'Example' },
};

const silentProvider = {
  message: 'Example does not answer as it should: it could not be reached.',
  remedy: 'Try again in a while, or ask whoever looks after it.',
};

/** Where a scene is looked at. */
export function addressOf(port: number, scene: string): string {
  return scene in doors ? `http://${scene}.localhost:${port}/` : `http://127.0.0.1:${port}/#t=${scene}`;
}

/** Answers what the page of a door asks for; nobody gets in. False where it is something else. */
export function answerDoor({ method, url, headers }: IncomingMessage, response: ServerResponse): boolean {
  if (url?.startsWith('/sign-in') !== true) return false;
  const way = doors[/^([\w-]+)\.localhost/.exec(headers.host ?? '')?.[1] ?? ''] ?? { how: 'link' };
  const [status, body] =
    method === 'GET' ? [200, way] : url === '/sign-in/provider' ? [502, silentProvider] : [401, {}];
  response.writeHead(status, { ...pageHeaders, 'Content-Type': 'application/json' }).end(JSON.stringify(body));
  return true;
}
