import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { docker } from '#testing/docker-cli.ts';
import { createReleaseProject, type ReleaseProject } from '#testing/release-project.ts';
import { canHaveSmallEngine, type SmallEngine, startSmallEngine } from '#testing/small-engine.ts';

const quick = ['--window', '0'];

// Ending the engine that all tests share would fail the others.
describe.skipIf(!canHaveSmallEngine())(
  'an engine that dies in the middle of a rollback (needs root and dockerd)',
  () => {
    let engine: SmallEngine;
    let stack: ReleaseProject;

    beforeAll(async () => {
      engine = await startSmallEngine(200);
      stack = await createReleaseProject({ engine: engine.url });
      await stack.push('1.0.0');
      await stack.push('1.1.0');
      for (const version of ['1.0.0', '1.1.0']) {
        const ended = await stack.run(['deploy', version, ...quick]);
        expect(ended.status, ended.err).toBe(0);
      }
    });

    afterAll(async () => {
      const { stdout } = await docker(['ps', '-aq'], { env: { DOCKER_HOST: engine.url } });
      const ids = stdout.split('\n').filter((id) => id !== '');
      if (ids.length > 0) await docker(['rm', '-f', ...ids], { env: { DOCKER_HOST: engine.url } });
      await stack.remove();
      await engine.dispose();
    });

    async function expectWhole(version: string): Promise<void> {
      expect(await stack.running()).toEqual(stack.digests(version));
      expect(await stack.served()).toBe(version);
      const { stdout } = await docker(['ps', '-aq'], { env: { DOCKER_HOST: engine.url } });
      expect(stdout.trim().split('\n')).toHaveLength(2);
    }

    test('and comes back: the command itself brings back what ran before', async () => {
      let killed: Promise<void> | undefined;
      const ended = await stack.run(['--json', 'rollback', '1.0.0', ...quick], {}, (out) => {
        // Not while it starts the container: an engine that dies then may hold the port itself until it is started once more.
        const started = out.includes(`"step":"start:${stack.project.name}-api-1","state":"done"`);
        if (started) killed ??= engine.kill().then(() => engine.start());
      });
      await killed;
      expect(killed).toBeDefined();
      expect(ended.status, ended.out + ended.err).toBe(4);
      await expectWhole('1.1.0');
    });

    test('together with the command: the next start brings it back', async () => {
      const point = `start:${stack.project.name}-api-1`;
      const killed = await stack.run(['rollback', '1.0.0', ...quick], { QUAYSIDE_CRASH_AT: point });
      expect(killed.status, killed.err).toBeNull();
      await engine.kill();
      await engine.start();
      const next = await stack.run(['rollback', '1.1.0', ...quick]);
      expect(next.status, next.out + next.err).toBe(0);
      expect(next.out).toContain('was cut off before it was proved. What ran before runs again.');
      await expectWhole('1.1.0');
    });
  },
);
