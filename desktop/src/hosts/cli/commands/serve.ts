import { resolve } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { createEngine } from '#engine/engine.ts';
import type { PlaceOptions } from '#hosts/web/index.ts';
import { version } from '#kit/version.ts';
import { exitStatus, statusOf } from '../exit-status.ts';
import { type GlobalOptions, selectionOf } from '../global-options.ts';
import { createOutput } from '../output.ts';
import type { Settle } from '../program.ts';
import { problemOf } from '../session.ts';

/** Serves the panel to browsers on this machine; the engine lives as long as the host does. */
export function addServe(program: Command, settle: Settle): void {
  const command = program
    .command('serve')
    .description('serve the panel on this machine and print its address')
    .option('--port <port>', 'port to listen on (default: a free one)', port)
    .option('--open', 'open the panel in the browser')
    .option('--users <file>', 'users file: people sign in instead of opening a link (see quayside users)')
    .option('--oidc <file>', 'OIDC file: people sign in at the provider that it names, also beside a users file')
    .option('--bind <address>', 'listen on another address than 127.0.0.1; needs accounts, and TLS or a proxy')
    .option('--tls-cert <file>', 'certificate with its chain, PEM')
    .option('--tls-key <file>', 'its key, PEM')
    .option(
      '--behind-proxy <origin>',
      'state that a proxy of yours does TLS, and under which origin: https://panel.example',
    )
    .option('--proxy-address <ip>', 'address of that proxy, from which X-Forwarded-For is believed')
    .option(
      '--socket <path>',
      'listen on a Unix socket of this account; --port is the one at the other end of a tunnel',
    );
  command.action(async () => {
    settle(await serve(command.optsWithGlobals<ServeOptions>()));
  });
}

interface ServeOptions extends GlobalOptions, Partial<PlaceOptions> {
  readonly open?: boolean;
}

async function serve(options: ServeOptions): Promise<number> {
  try {
    const { builtPanel, servePanel } = await import('#hosts/web/index.ts');
    const engine = createEngine({ ...(await selectionOf(options)), hostKind: 'web', version, env: process.env });
    await servePanel({
      engine,
      port: options.port ?? 0,
      open: options.open === true,
      staticDir: builtPanel,
      bind: options.bind,
      behindProxy: options.behindProxy,
      proxyAddress: options.proxyAddress,
      users: inFolder(options.users),
      oidc: inFolder(options.oidc),
      tlsCert: inFolder(options.tlsCert),
      tlsKey: inFolder(options.tlsKey),
      socket: inFolder(options.socket),
    });
    return exitStatus.done;
  } catch (error) {
    const problem = problemOf(error);
    createOutput(options.json === true, process.env).problem(problem);
    return statusOf(problem.code);
  }
}

function inFolder(path: string | undefined): string | undefined {
  return path === undefined ? undefined : resolve(path);
}

function port(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0 || value > 65_535)
    throw new InvalidArgumentError('has to be from 0 to 65535.');
  return value;
}
