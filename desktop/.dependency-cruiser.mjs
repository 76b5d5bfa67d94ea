/**
 * The import rules of the house as data, one row per room: what a file of that room may import. Everything else is an error.
 * A test may import, besides, what its row names under `tests` and the test tools. Run by `npm run check`.
 */
const npm = (...names) => names.map((name) => `(^|/)node_modules/(@types/)?${name}/`);
const contract = '^src/contract/';
const kit = '^src/kit/';
const node = Symbol('the modules of Node');
const core = '^src/engine/(engine|types|actor)\\.ts$';
const area = (...names) => names.map((name) => `^src/engine/${name}/index\\.ts$`);
const electronShared = '^src/hosts/electron/[^/]+\\.ts$';
const react = npm('react', 'react-dom', '@tanstack/react-virtual', '@tanstack/react-table', '@tanstack/react-router');
const engineLibraries = npm('zod', 'protobufjs', 'tar-stream', 'write-file-atomic', 'env-paths');

const rooms = [
  // What panel and core agree on: schemas and nothing that runs.
  { name: 'contract', may: npm('zod', '@orpc/contract') },
  // Pure helpers: usable in every runtime, so they know nothing but the version.
  { name: 'kit', may: ['^package\\.json$'] },
  // The only place that talks to the Docker Engine.
  {
    name: 'engine/docker',
    may: [contract, kit, node, ...engineLibraries, ...npm('dockerode', 'docker-modem', '@grpc/grpc-js')],
  },
  // Files to canonical model: knows no engine.
  { name: 'engine/compose', may: [contract, kit, node, ...engineLibraries, ...npm('yaml')] },
  // Files and settings: knows no other area.
  { name: 'engine/workspace', may: [contract, kit, node, ...engineLibraries] },
  // What is handed to whoever helps: all that it tells is handed in.
  { name: 'engine/diagnostics', may: [contract, kit, node] },
  // On compose and docker.
  { name: 'engine/stack', may: [contract, kit, node, ...engineLibraries, ...area('compose', 'docker')] },
  { name: 'engine/logs', may: [contract, kit, node, ...engineLibraries, ...area('compose', 'docker')] },
  { name: 'engine/health', may: [contract, kit, node, ...engineLibraries, ...area('compose', 'docker')] },
  // Variables, env files, and where values come from.
  {
    name: 'engine/configuration',
    may: [contract, kit, node, ...engineLibraries, ...area('compose', 'docker', 'stack', 'workspace')],
  },
  // On all of those.
  {
    name: 'engine/release',
    may: [
      contract,
      // On whose behalf a release is.
      '^src/engine/actor\\.ts$',
      kit,
      node,
      ...engineLibraries,
      // Verifies who built an image.
      ...npm('@sigstore/[^/]+'),
      ...area('compose', 'docker', 'stack', 'logs', 'health', 'workspace'),
    ],
  },
  {
    name: 'engine/preflight',
    may: [
      contract,
      kit,
      node,
      ...engineLibraries,
      ...area('compose', 'docker', 'stack', 'logs', 'health', 'workspace'),
    ],
  },
  // engine.ts joins all areas; types.ts is the face which hosts see.
  {
    name: 'engine',
    files: '[^/]+\\.ts$',
    own: '^src/engine/[^/]+\\.ts$',
    may: [contract, kit, node, ...engineLibraries, ...area('[^/]+')],
  },
  // Contract to engine, thin.
  {
    name: 'api',
    may: [contract, core, kit, node, ...npm('@orpc/server', '@orpc/standard-server-peer', 'ws', 'zod')],
    tests: npm('@orpc/client'),
  },
  // Windows, security, menus. The engine lives in the engine process, never here.
  // It draws a tray of its own, so it is also a client of the core.
  {
    name: 'hosts/electron/main',
    may: [
      contract,
      kit,
      node,
      electronShared,
      ...npm('electron', 'electron-updater', 'semver', 'zod', 'write-file-atomic', '@orpc/client'),
    ],
  },
  // Runs in the page's process: one channel and its constants.
  { name: 'hosts/electron/preload', may: [electronShared, ...npm('electron')], tests: [node] },
  {
    name: 'hosts/electron/engine-process',
    may: ['^src/api/', contract, core, kit, node, electronShared, ...npm('electron')],
    // What they say to each other is tested with both at their ends.
    tests: ['^src/hosts/electron/main/(answer-secrets|secret-store)\\.ts$'],
  },
  // What both sides of Electron share: the messages between its processes.
  { name: 'hosts/electron', files: '[^/]+\\.ts$', own: electronShared, may: [contract, kit, ...npm('zod')] },
  {
    name: 'hosts/web',
    may: ['^src/api/', contract, core, kit, node, ...npm('ws', 'zod', 'openid-client')],
    tests: npm('jose'),
  },
  // `quayside serve` and `open` start the web host, hence its index.
  {
    name: 'hosts/cli',
    may: [
      '^src/api/',
      contract,
      core,
      kit,
      node,
      '^src/hosts/web/index\\.ts$',
      ...npm('commander', '@orpc/client', 'fflate'),
    ],
    tests: npm('yaml', 'ws'),
  },
  // What the page says, in every language that it speaks.
  { name: 'renderer/words', may: [kit, ...npm('i18next')] },
  // The only place that builds an RPC client.
  { name: 'renderer/client', may: [contract, kit, ...npm('@orpc/client', 'zod')] },
  // Stores, one per domain; `stateKnowsClientTypes` below narrows the client.
  { name: 'renderer/state', may: ['^src/renderer/(client|words)/', contract, kit, ...npm('zustand')] },
  // Design system: no product words, so no contract and no state.
  {
    name: 'renderer/ui',
    may: ['^src/renderer/words/', kit, ...react, ...npm('@base-ui/react', 'lucide-react', 'uplot')],
  },
  // A page; a feature never imports another (`\\1` is the feature's own name).
  {
    name: 'renderer/features/([^/]+)',
    own: '^src/renderer/features/$1/',
    may: ['^src/renderer/(ui|state|words)/', contract, kit, ...react, ...npm('lucide-react', 'uplot', 'fflate')],
  },
  // Shell, router, palette: all of the renderer, nothing behind the contract.
  {
    name: 'renderer/app',
    may: ['^src/renderer/', contract, kit, ...react, ...npm('lucide-react', 'zod', '@orpc/client')],
  },
  { name: 'renderer', files: '[^/]+\\.(ts|tsx)$', may: ['^src/renderer/', contract, kit, ...react, ...npm('zod')] },
];

const testTools = ['^src/testing/', node, ...npm('vitest', 'fast-check')];
// Fixtures are test helpers that only one room needs.
const testFile = '(\\.test\\.tsx?|/fixtures/.+)$';

function allowed(paths) {
  const only = { pathNot: paths.filter((path) => path !== node) };
  return paths.includes(node) ? { ...only, dependencyTypesNot: ['core'] } : only;
}

function rules({ name, files = '', own = `^src/${name}/`, may, tests = [] }) {
  const comment = `src/${name} may import only what its row in .dependency-cruiser.mjs names.`;
  const rule = { severity: 'error', comment };
  const path = `^src/${name}/${files}`;
  const test = files ? `^src/${name}/[^/]+\\.test\\.tsx?$` : `^src/${name}/.*${testFile}`;
  return [
    { ...rule, name: `room ${name}`, from: { path, pathNot: testFile }, to: allowed([own, ...may]) },
    {
      ...rule,
      name: `room ${name} (tests)`,
      from: { path: test },
      to: allowed([own, ...may, ...tests, ...testTools]),
    },
  ];
}

const general = [
  {
    name: 'no-circular',
    comment: 'A cycle at run time makes the order of loading matter; one that types alone close does not.',
    from: {},
    to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
  },
  { name: 'resolvable', comment: 'An import must lead somewhere.', from: {}, to: { couldNotResolve: true } },
  {
    name: 'every-file-has-a-room',
    comment: 'A new folder under src needs a row in this file, on purpose.',
    from: {
      path: '^src/',
      pathNot: [...rooms.map((room) => `^src/${room.name}/${room.files ?? ''}`), '^src/testing/'],
    },
    to: {},
  },
  {
    name: 'tests-are-leaves',
    comment: 'Product code imports neither tests nor test helpers.',
    from: { path: '^src/', pathNot: [testFile, '^src/testing/'] },
    to: { path: [testFile, '^src/testing/'] },
  },
  {
    name: 'gallery-is-apart',
    comment: 'The gallery shows the design system while it is developed; the product holds nothing of it.',
    from: { path: '^src/', pathNot: '^src/renderer/ui/gallery/' },
    to: { path: '^src/renderer/ui/gallery/' },
  },
  {
    name: 'state-knows-client-types',
    comment: 'Stores get their client handed in, so that a page can be tested without a wire.',
    from: { path: '^src/renderer/state/', pathNot: testFile },
    to: { path: '^src/renderer/client/', dependencyTypesNot: ['type-only'] },
  },
  ...[
    ['^(src|e2e|snapshots|bench|conformance)/', '^\\.\\./(backend|frontend|service|docker)/'],
    ['^\\.\\./docker/', '^(src/|\\.\\./(backend|frontend|service)/)'],
    ['^\\.\\./backend/', '^(src/|\\.\\./frontend/)'],
    ['^\\.\\./frontend/', '^(src/|\\.\\./backend/)'],
    ['^\\.\\./service/', '^(src/|\\.\\./(backend|frontend)/)'],
  ].map(([from, to]) => ({
    name: 'workspaces-apart',
    comment: 'desktop and the shop share nothing but docs; backend and frontend share only the service workspace.',
    from: { path: from },
    to: { path: to },
  })),
].map((rule) => ({ severity: 'error', ...rule }));

export default {
  forbidden: [...general, ...rooms.flatMap(rules)],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['shop-source', 'import', 'types', 'node', 'default'],
    },
  },
};
