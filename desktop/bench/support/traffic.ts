import { get } from 'node:http';

const perSecond = 50;
const patienceMs = 2000;

/** What became of the requests of a time. */
export interface Served {
  readonly sent: number;
  readonly lost: number;
}

/**
 * Sends 50 requests a second, each on a connection of its own and whether or not those before it were answered, until it is
 * stopped. Lost is what got no answer with status 200 within two seconds.
 */
export function startTraffic(url: string): { stop(): Promise<Served> } {
  const answers: Promise<boolean>[] = [];
  const begun = performance.now();
  const timer = setInterval(() => {
    // A timer that came late makes up for what it missed.
    const due = Math.floor(((performance.now() - begun) / 1000) * perSecond);
    while (answers.length < due) answers.push(ask(url));
  }, 1000 / perSecond);
  return {
    async stop() {
      clearInterval(timer);
      const all = await Promise.all(answers);
      return { sent: all.length, lost: all.filter((ok) => !ok).length };
    },
  };
}

function ask(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const request = get(url, { agent: false, timeout: patienceMs }, (response) => {
      response.resume();
      response.on('end', () => {
        resolve(response.statusCode === 200);
      });
      response.on('error', () => {
        resolve(false);
      });
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => {
      resolve(false);
    });
    request.on('close', () => {
      resolve(false);
    });
  });
}
