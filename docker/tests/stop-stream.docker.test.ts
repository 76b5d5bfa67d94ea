import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { docker } from './support/command.ts';
import { published, start, type TestContainer, unlimited, variables } from './support/container.ts';
import { createNetwork } from './support/network.ts';
import { answering, tryFetch, until } from './support/wait.ts';

const json = { 'content-type': 'application/json' };

/** Nothing may end the answer but the model, which says the rest when the test wants it to. */
const patient = { SHUTDOWN_GRACE_MS: '60000', LLM_SILENCE_MS: '60000', LLM_TIMEOUT_MS: '60000' };
const providers = { OPENAI_API_KEY: 'key-of-the-fake', OPENAI_BASE_URL: 'http://openai:8000/v1' };

/** Reads until `part` has come; gives all that came. */
async function readUntil(reader: ReadableStreamDefaultReader<string>, part: string): Promise<string> {
  let words = '';
  while (!words.includes(part)) {
    const { done, value } = await reader.read();
    if (done) throw new Error(`the answer ended without "${part}":\n${words}`);
    words += value;
  }
  return words;
}

const stopped = async (container: TestContainer) => {
  await docker(['stop', '--time', '60', container.id]);
  const { Status, ExitCode } = await container.state();
  return { Status, ExitCode, last: (await container.lines()).at(-1)?.msg };
};

const refusing = (url: string) =>
  until(`${url} refusing`, async () => ((await tryFetch(`${url}/health`)) === undefined ? true : undefined));

test('an answer that is being streamed when both services are stopped comes to its end', async () => {
  await using network = await createNetwork();
  const named = (name: string) => ['--network', network.name, '--network-alias', name];
  const source = await readFile(join(import.meta.dirname, 'inside/fake-openai.mjs'), 'utf8');
  await using fake = await start(
    'backend',
    [...named('openai'), ...published('backend')],
    ['--input-type=module', '-e', source],
  );
  await answering(await fake.url());
  await using backend = await start('backend', [
    ...[...named('backend'), ...published('backend'), ...unlimited],
    ...variables({ ...patient, ...providers }),
  ]);
  await using frontend = await start('frontend', [
    ...[...named('frontend'), ...published('frontend'), ...unlimited],
    ...variables({ SHUTDOWN_GRACE_MS: '60000', PROXY_TIMEOUT_MS: '120000', BACKEND_URL: 'http://backend:8000' }),
  ]);
  const services = [backend, frontend];
  const urls = await Promise.all(services.map((service) => service.url()));
  await Promise.all(urls.map((url) => answering(`${url}/health`)));

  const body = JSON.stringify({ message: 'a tent for two people' });
  const response = await fetch(`${await frontend.url()}/api/chat`, { method: 'POST', headers: json, body });
  expect(response.status).toBe(200);
  if (response.body === null) throw new Error('no answer');
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  expect(await readUntil(reader, 'The first sentence')).not.toContain('The last sentence');

  const ends = Promise.all(services.map(stopped));
  await Promise.all(urls.map(refusing));
  expect((await fetch(`${await fake.url()}/go`)).status).toBe(200);
  const rest = await readUntil(reader, 'event: done');
  expect(rest).toContain('The last sentence');
  expect(rest).not.toContain('"degraded":true');
  const end = { Status: 'exited', ExitCode: 0, last: 'stopped' };
  expect(await ends).toEqual([end, end]);
});
