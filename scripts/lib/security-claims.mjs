import { inRoot, root } from './paths.mjs';

const desktop = inRoot('desktop');

/**
 * What is claimed and can be counted: the tests whose full names match, of these files. `word` is what happened to each of
 * what was tried. A claim without a test is a fault.
 */
export const claims = [
  {
    claim: 'hostile requests on a raw socket',
    word: 'refused',
    cwd: desktop,
    files: ['src/hosts/web/web-host.test.ts'],
    tests: /^(requests under another name|requests from elsewhere)/,
  },
  {
    claim: 'requests of the panel itself, and its limits',
    word: 'as they should be',
    cwd: desktop,
    files: [
      'src/hosts/web/web-host.test.ts',
      'src/hosts/web/web-host-limits.test.ts',
      'src/hosts/web/sessions.test.ts',
    ],
    tests: /^(?!requests under another name|requests from elsewhere)/,
  },
  {
    claim: 'signing in at a provider: forged tokens, returns and answers',
    word: 'as they should be',
    cwd: desktop,
    files: ['src/hosts/web/oidc'],
    tests: /./,
  },
  {
    claim: 'engine calls: the list is what is asked for, and nothing else is sent',
    word: 'held',
    cwd: desktop,
    files: ['src/engine/docker/allowed-calls.test.ts', 'src/engine/docker/exact-calls.test.ts'],
    tests: /./,
  },
  {
    claim: 'roles, over every procedure of the contract',
    word: 'held',
    cwd: desktop,
    files: ['src/hosts/web/roles.test.ts'],
    tests: /./,
  },
  {
    claim: 'desktop app: senders, links, paths',
    word: 'held',
    cwd: desktop,
    files: [
      'src/hosts/electron/main/trust.test.ts',
      'src/hosts/electron/main/deep-link.test.ts',
      'src/hosts/electron/main/asset-path.test.ts',
    ],
    tests: /./,
  },
  {
    claim: 'desktop app: what may update it',
    word: 'as it should be',
    cwd: desktop,
    files: ['src/hosts/electron/main/update-rules.test.ts', 'src/hosts/electron/main/updates.test.ts'],
    tests: /./,
  },
  {
    claim: 'registry logins: where they may be kept, and what is told of them',
    word: 'held',
    cwd: desktop,
    files: [
      'src/hosts/electron/main/secret-store.test.ts',
      'src/hosts/electron/engine-process/keychain-logins.test.ts',
      'src/engine/registry-logins.test.ts',
    ],
    tests: /./,
  },
  {
    claim: 'risk classes of the compose schema',
    word: 'held',
    cwd: desktop,
    files: ['src/engine/compose/risks'],
    tests: /./,
  },
  {
    claim: 'supply chain: pins, contents, scripts, licences',
    word: 'held',
    cwd: root,
    files: ['scripts/lib/supply-chain.test.mjs', 'scripts/lib/lockfile.test.mjs'],
    tests: /./,
  },
];

/** Tests that search for as long as they are told to, besides those that are counted above. */
export const fuzzed = {
  cwd: desktop,
  files: [
    'src/hosts/electron/main/asset-path.test.ts',
    'src/hosts/web/guard.test.ts',
    'src/engine/compose/parse/yaml.test.ts',
    'src/engine/docker/registry/reference.test.ts',
    'src/renderer/features/logs/text.test.ts',
    'src/engine/logs/hostile.test.ts',
    'src/engine/hostile-paths.test.ts',
    'src/engine/diagnostics/collect.test.ts',
    'src/engine/release/records/store.test.ts',
    'src/kit/file-name.test.ts',
  ],
};
