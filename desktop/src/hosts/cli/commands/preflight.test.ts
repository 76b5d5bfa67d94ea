import { expect, test } from 'vitest';
import type { Repair } from '#contract/index.ts';
import { repairCommand } from './preflight.ts';

test.each<[Repair, string]>([
  [{ kind: 'env-form', file: '.env', example: '.env.example' }, 'cp .env.example .env'],
  [{ kind: 'variable', name: 'WEB_PORT', value: '8001', secret: false }, 'quayside env set WEB_PORT=8001'],
  [{ kind: 'variable', name: 'VERSION', secret: false }, 'quayside env set VERSION=…'],
  [{ kind: 'variable', name: 'NAME', value: 'a; b', secret: false }, "quayside env set 'NAME=a; b'"],
  // Without a value it reads it from standard input.
  [{ kind: 'variable', name: 'API_KEY', secret: true }, 'quayside env set API_KEY'],
  [{ kind: 'registry-login', registry: 'ghcr.io' }, 'docker login ghcr.io'],
  [{ kind: 'registry-login', registry: 'docker.io' }, 'docker login'],
  [{ kind: 'command', label: 'Pull the image', command: 'docker pull x' }, 'docker pull x'],
])('%j on the command line', (repair, command) => {
  expect(repairCommand(repair)).toBe(command);
});
