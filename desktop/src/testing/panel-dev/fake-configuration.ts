import type { ConfigVariable, EnvDraft, EnvFile, ResolvedLine, ServiceDifference } from '#contract/index.ts';

const compose = 'docker-compose.prod.yml';

function variable(name: string, more: Partial<ConfigVariable> = {}): ConfigVariable {
  return {
    name,
    masked: false,
    source: { kind: 'none' },
    uses: [],
    required: false,
    missing: false,
    unused: false,
    also: [],
    composed: false,
    ...more,
  };
}

const both = (line: number) =>
  (['backend', 'frontend'] as const).map(
    (service, index) =>
      ({ file: compose, line: line + index * 30, how: 'default', service, setting: 'image' }) as const,
  );

/** Made-up variables of every kind. */
export const variables: ConfigVariable[] = [
  variable('VERSION', {
    value: '1.4.2',
    source: { kind: 'file', file: '.env', line: 4 },
    uses: both(40),
    default: 'dev',
    description: 'Which version of the images runs.',
    example: 'dev',
  }),
  variable('API_TOKEN', {
    value: '********',
    masked: true,
    source: { kind: 'file', file: '.env', line: 9 },
    uses: [{ file: compose, line: 44, how: 'required', service: 'backend', setting: 'environment.API_TOKEN' }],
    required: true,
    message: 'at least 16 characters',
    description: 'Secret between frontend and backend, at least 16 characters.',
  }),
  variable('OPENAI_API_KEY', {
    uses: [{ file: compose, line: 51, how: 'required', service: 'backend', setting: 'environment.OPENAI_API_KEY' }],
    required: true,
    missing: true,
    message: 'the assistant needs a key; ask the platform team',
  }),
  variable('BACKEND_PORT', {
    value: '8000',
    source: { kind: 'default', file: compose, line: 62 },
    uses: [{ file: compose, line: 62, how: 'default', service: 'backend', setting: 'ports.[0]' }],
    default: '8000',
  }),
  variable('LOG_LEVEL', {
    value: 'debug',
    source: { kind: 'process', over: { file: '.env', line: 11 } },
    uses: [{ file: compose, line: 12, how: 'handed', service: 'backend' }],
    also: [{ file: '.env.production', line: 2 }],
  }),
  variable('OLD_PORT', { value: '9000', source: { kind: 'file', file: '.env', line: 12 }, unused: true }),
];

export const files: EnvFile[] = [
  { file: '.env', role: 'project', services: ['backend', 'frontend'], exists: true, revision: 'one' },
  {
    file: '.env.production',
    role: 'service',
    services: ['backend', 'frontend'],
    exists: true,
    revision: 'two',
    refused: 'it is a symbolic link; change the file that it leads to',
  },
];

export const draft: EnvDraft = {
  file: '.env',
  revision: 'one',
  conflict: false,
  changes: [{ name: 'VERSION', kind: 'changed', from: '1.4.2', to: '1.4.3' }],
  diff: [
    { kind: 'gap', text: '2 lines' },
    { kind: 'same', text: '# Which version of the images runs.' },
    { kind: 'removed', text: 'VERSION=1.4.2' },
    { kind: 'added', text: 'VERSION=1.4.3' },
    { kind: 'same', text: 'API_TOKEN=********' },
  ],
  problems: [],
  notes: ['OPENAI_API_KEY is required and is still not set: the assistant needs a key; ask the platform team'],
  services: ['backend', 'frontend'],
};

export const text = `# Ports on this machine.
BACKEND_PORT=8000

# Which version of the images runs.
VERSION=1.4.2
API_TOKEN=********
`;

export const lines: ResolvedLine[] = [
  { text: 'name: shop-prod', origin: { file: compose, line: 3, variables: [] } },
  { text: 'services:', origin: { file: compose, line: 37, variables: [] } },
  { text: '  backend:', origin: { file: compose, line: 38, variables: [] } },
  { text: '    command: null' },
  { text: '    environment:', origin: { file: compose, line: 47, variables: [] } },
  { text: '      API_TOKEN: "********"', origin: { file: '.env', line: 9, variables: [] } },
  {
    text: '    image: ghcr.io/acme/ecommerce-rag-backend:1.4.2',
    origin: { file: compose, line: 40, variables: ['REGISTRY', 'VERSION'] },
  },
  { text: '    ports:', origin: { file: compose, line: 61, variables: [] } },
  { text: '      - mode: ingress' },
  { text: '        target: 8000', origin: { file: compose, line: 62, variables: ['BACKEND_PORT'] } },
];

export const differences: ServiceDifference[] = [
  {
    service: 'backend',
    state: 'differs',
    differences: [
      {
        what: 'image',
        runs: 'ghcr.io/acme/ecommerce-rag-backend:1.4.1',
        files: 'ghcr.io/acme/ecommerce-rag-backend:1.4.2',
      },
      { what: 'variable API_TOKEN', runs: '********', files: '********' },
      { what: 'variable LOG_LEVEL', files: 'debug' },
    ],
  },
  { service: 'frontend', state: 'same', differences: [] },
  { service: 'worker', state: 'extra', differences: [] },
];
