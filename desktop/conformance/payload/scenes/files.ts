import type { Scene } from '../scene.ts';

/** Secrets and configs: from files (mounted), variables and the compose file itself (copied). */
export const fileScene: Scene = {
  name: 'secrets and configs',
  services: {
    secrets: {
      secrets: ['filed', 'variable', { source: 'filed', target: 'short' }, { source: 'filed', target: '/abs/secret' }],
    },
    secretOwner: { secrets: [{ source: 'variable', target: 'owned', uid: '1234', gid: '1235', mode: 0o400 }] },
    secretUser: {
      user: 'nobody',
      secrets: [
        { source: 'variable', uid: '1234' },
        { source: 'variable', target: 'plain' },
      ],
    },
    configs: {
      configs: [
        'filed',
        'variable',
        'inline',
        { source: 'inline', target: '/etc/app/inline.conf', mode: 0o440 },
        { source: 'variable', target: 'sub/relative' },
      ],
    },
    configOwner: { configs: [{ source: 'inline', target: '/owned', uid: '1234', gid: '1235' }] },
    fileOwner: { configs: [{ source: 'filed', target: '/f', uid: '1', mode: 0o400 }] },
  },
  secrets: { filed: { file: './secret.txt' }, variable: { environment: 'QS_SECRET' } },
  configs: {
    filed: { file: './config.txt' },
    variable: { environment: 'QS_SECRET' },
    inline: { content: 'hello ${QS_SECRET}\nline 2\n' },
  },
  env: { QS_SECRET: 'top secret' },
  files: { 'secret.txt': 's\n', 'config.txt': 'c\n' },
  reads: {
    secrets: ['/run/secrets/filed', '/run/secrets/variable', '/run/secrets/short', '/abs/secret'],
    secretOwner: ['/run/secrets/owned'],
    secretUser: ['/run/secrets/variable', '/run/secrets/plain'],
    configs: ['/filed', '/variable', '/inline', '/etc/app/inline.conf', '/sub/relative'],
    configOwner: ['/owned'],
    fileOwner: ['/f'],
  },
};

/** What is copied into a container cannot go into one that is read-only. */
export const readOnlyScene: Scene = {
  name: 'copied into read-only',
  refused: true,
  services: { refused: { read_only: true, configs: ['inline'] } },
  configs: { inline: { content: 'x' } },
  reads: {},
};
