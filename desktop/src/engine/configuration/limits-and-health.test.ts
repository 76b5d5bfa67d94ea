import { expect, test } from 'vitest';
import type { ServiceModel } from '#engine/compose/index.ts';
import type { ContainerSettings, DeclaredHealth } from '#engine/docker/index.ts';
import { limitsAndHealth } from './limits-and-health.ts';

const ofImage: DeclaredHealth = {
  test: ['CMD', 'curl', 'x'],
  interval: 5e9,
  timeout: 0,
  startPeriod: 0,
  startInterval: 0,
  retries: 3,
};
const container: ContainerSettings = {
  environment: new Map(),
  imageEnvironment: new Map(),
  user: '',
  restart: 'no',
  memory: 0,
  cpus: 0,
  ports: [],
};

function compared(service: Partial<ServiceModel>, runs: Partial<ContainerSettings> = {}) {
  const all = limitsAndHealth({ ...container, ...runs }, { name: 'web', ...service } as ServiceModel);
  return all.filter(({ runs: one, files }) => one !== files);
}

test('limits of either spelling are compared as the engine counts them', () => {
  expect(compared({ mem_limit: '268435456', cpus: 0.1 }, { memory: 268_435_456, cpus: 0.100000001 })).toEqual([]);
  const deploy = { resources: { limits: { memory: '1000', cpus: '0.5' } } };
  expect(compared({ deploy }, { memory: 268_435_456 })).toEqual([
    { what: 'memory limit', runs: '256 MB', files: '1000 bytes' },
    { what: 'CPU limit', runs: '', files: '0.5' },
  ]);
});

test('what the files do not say of a health check, the image does', () => {
  const runs = { healthcheck: ofImage, imageHealthcheck: ofImage };
  expect(compared({}, runs)).toEqual([]);
  expect(compared({ healthcheck: { interval: '5s' } }, runs)).toEqual([]);
  expect(compared({ healthcheck: { test: ['CMD-SHELL', 'true'], timeout: '1m30s' } }, runs)).toEqual([
    { what: 'health check', runs: 'curl x, every 5 s, tries: 3', files: 'true, every 5 s, within 90 s, tries: 3' },
  ]);
});

test('how often it is probed while it starts is a difference of its own', () => {
  const healthcheck = { start_period: '10s', start_interval: '500ms' };
  const rules = { ...ofImage, startPeriod: 10e9 };
  expect(compared({ healthcheck }, { healthcheck: rules, imageHealthcheck: ofImage })).toEqual([
    {
      what: 'health check',
      runs: 'curl x, every 5 s, begins within 10 s, tries: 3',
      files: 'curl x, every 5 s, begins within 10 s, meanwhile every 0.5 s, tries: 3',
    },
  ]);
  expect(
    compared({ healthcheck }, { healthcheck: { ...rules, startInterval: 5e8 }, imageHealthcheck: ofImage }),
  ).toEqual([]);
});

test.each([{ disable: true }, { test: ['NONE'] }])(
  'a health check that is switched off (%j) is none',
  (healthcheck) => {
    const off = { ...ofImage, test: ['NONE'] };
    expect(compared({ healthcheck }, { healthcheck: off, imageHealthcheck: ofImage })).toEqual([]);
    expect(compared({ healthcheck }, { healthcheck: ofImage, imageHealthcheck: ofImage })).toEqual([
      { what: 'health check', runs: 'curl x, every 5 s, tries: 3', files: '' },
    ]);
  },
);
