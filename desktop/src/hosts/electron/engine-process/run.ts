import { parseArgs } from 'node:util';
import { createRouter } from '#api/router.ts';
import { servePort } from '#api/serve/port.ts';
import { createEngine } from '#engine/engine.ts';
import { version } from '#kit/version.ts';
import { createKeychainLogins } from './keychain-logins.ts';

/** Serves every port that the main process hands over, until it says `stop`. */
export function run(parentPort: Electron.ParentPort, args: readonly string[]): void {
  const { values } = parseArgs({
    args: [...args],
    strict: false,
    options: { directory: { type: 'string', short: 'C' } },
  });
  const directory = typeof values.directory === 'string' ? values.directory : process.cwd();
  const logins = createKeychainLogins(parentPort);
  const engine = createEngine({ directory, endpoint: {}, hostKind: 'electron', version, env: process.env, logins });
  // Put right without being asked; where it cannot be done now, the next action tries again.
  void engine.resume().catch(() => undefined);
  const router = createRouter(engine);
  parentPort.on('message', ({ data, ports }) => {
    if (data === 'stop') {
      void engine.dispose().finally(() => process.exit(0));
      return;
    }
    for (const port of ports) servePort(router, port);
  });
}
