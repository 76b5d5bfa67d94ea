import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { check, type Dependency, startMonitor } from './monitor.ts';
import { overall } from './report.ts';

const dependency = (ping: Dependency['ping'], name = 'thing'): Dependency => ({ name, ping });
const never = dependency(() => new Promise(() => undefined), 'black hole');

describe('check', () => {
  test('a dependency that answers is healthy and its latency is told', async () => {
    const result = await check(
      dependency(() => delay(20)),
      1000,
    );
    expect(result).toMatchObject({ name: 'thing', status: 'healthy' });
    expect(result.latency_ms).toBeGreaterThanOrEqual(15);
    expect(result).not.toHaveProperty('error');
  });

  test('a slow one is degraded', async () => {
    expect(
      await check(
        dependency(() => delay(150)),
        200,
      ),
    ).toMatchObject({ status: 'degraded' });
  });

  test('a failing one is unhealthy with its reason, also when it throws at once', async () => {
    const failing = dependency(() => Promise.reject(new Error('refused')));
    const throwing = dependency(() => {
      throw new Error('refused');
    });
    for (const bad of [failing, throwing]) {
      expect(await check(bad, 1000)).toMatchObject({ status: 'unhealthy', error: 'refused' });
    }
  });

  test('one that something else takes the place of is degraded then, with its reason', async () => {
    const failing: Dependency = { ...dependency(() => Promise.reject(new Error('refused'))), replaceable: true };
    expect(await check(failing, 1000)).toMatchObject({ status: 'degraded', error: 'refused' });
    expect(await check({ ...never, replaceable: true }, 50)).toMatchObject({ status: 'degraded' });
  });

  test('one that never answers is unhealthy after the limit', async () => {
    const result = await check(never, 100);
    expect(result).toMatchObject({ status: 'unhealthy', error: 'no answer within 100 ms' });
    expect(result.latency_ms).toBeLessThan(1000);
  });
});

describe('monitor', () => {
  test('checks again and again, tells only changes, and stops', async () => {
    let works = true;
    const seen: string[] = [];
    const flaky = dependency(() => (works ? Promise.resolve() : Promise.reject(new Error('gone'))));
    const monitor = await startMonitor([flaky], { intervalMs: 20, timeoutMs: 100 }, ({ status }) => seen.push(status));
    expect(monitor.results()['thing']).toMatchObject({ status: 'healthy' });
    works = false;
    while (monitor.results()['thing']?.status !== 'unhealthy') await delay(5);
    works = true;
    while (monitor.results()['thing']?.status !== 'healthy') await delay(5);
    monitor.stop();
    expect(seen).toEqual(['healthy', 'unhealthy', 'healthy']);
  });
});

test('the worst check decides', () => {
  const result = (status: 'healthy' | 'degraded' | 'unhealthy') => ({ name: 'x', status, latency_ms: 1 });
  expect(overall([])).toBe('healthy');
  expect(overall([result('healthy'), result('degraded')])).toBe('degraded');
  expect(overall([result('unhealthy'), result('degraded')])).toBe('unhealthy');
});
