import type { FullConfig } from '@playwright/test';
import { allowedCall, allowedCalls } from '#engine/docker/index.ts';
import { recordCalls } from '#testing/call-recorder.ts';

/** Before all specs: a relay in front of the engine. After all: nothing was asked of it that is not on the list. */
export default async function watchEngineCalls({ projects }: FullConfig): Promise<(() => Promise<void>) | undefined> {
  const engine = process.env['DOCKER_HOST'];
  if (engine === undefined) return undefined;
  const recorder = await recordCalls(engine);
  process.env['DOCKER_HOST'] = recorder.url;
  return async () => {
    await recorder.dispose();
    const asked = [...recorder.calls].map((call) => {
      const [method = '', path = ''] = call.split(' ');
      return { call, known: allowedCall(method, path) };
    });
    const unknown = asked.filter(({ known }) => known === undefined).map(({ call }) => call);
    if (unknown.length > 0) throw new Error(`Not on the list of calls (allowed-calls.ts):\n${unknown.join('\n')}`);
    const seen = new Set(asked.map(({ known }) => known));
    const unused = allowedCalls.filter((call) => !seen.has(call));
    console.log(`${asked.length} different calls to the engine, of ${seen.size} kinds out of ${allowedCalls.length}.`);
    // A spec by itself asks for little; only in a run of all hosts is it worth a look.
    if (projects.length > 1 && unused.length > 0) console.log(`Not asked for by these specs: ${unused.join(', ')}`);
  };
}
