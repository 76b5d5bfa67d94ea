import { expect, test } from 'vitest';
import { workerFile } from './worker-file.ts';

const among =
  (...files: string[]) =>
  (file: string): boolean =>
    files.includes(file);

test('a worker lies beside its module in the sources, beside the bundle or above it', () => {
  expect(workerFile('/src/parse', 'yaml-worker', among('/src/parse/worker.ts'))).toBe('/src/parse/worker.ts');
  expect(workerFile('/out', 'yaml-worker', among('/out/log-worker.js', '/out/yaml-worker.js'))).toBe(
    '/out/yaml-worker.js',
  );
  expect(workerFile('/out/chunks', 'log-worker', among('/out/chunks/../log-worker.js'))).toBe(
    '/out/chunks/../log-worker.js',
  );
});

test('what is missing is named', () => {
  expect(() => workerFile('/out', 'yaml-worker', among())).toThrow('There is no yaml-worker.js beside /out.');
});
