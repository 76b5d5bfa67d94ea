import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const server = "require('http').createServer((q,s)=>s.end('ok')).listen(8000)";
const probe =
  "require('http').get('http://127.0.0.1:8000',r=>process.exit(r.statusCode===200?0:1)).on('error',()=>process.exit(1))";

/** A project of two services, one behind the health of the other, like the shop: base image only, nothing to build. */
export async function sampleProject(
  name: string,
): Promise<{ directory: string; file: string; project: string; remove: () => Promise<void> }> {
  const directory = await mkdtemp(join(tmpdir(), 'qs-bench-'));
  const file = join(directory, 'compose.yaml');
  const service = {
    image: 'node:24-bookworm-slim',
    init: true,
    command: ['node', '-e', server],
    healthcheck: {
      test: ['CMD', 'node', '-e', probe],
      interval: '5s',
      // A busy machine takes its time to start Node.
      timeout: '30s',
      retries: 20,
      start_period: '10s',
      start_interval: '500ms',
    },
  };
  const services = {
    backend: service,
    frontend: { ...service, depends_on: { backend: { condition: 'service_healthy' } } },
  };
  await writeFile(file, JSON.stringify({ name, services }));
  return { directory, file, project: name, remove: () => rm(directory, { recursive: true, force: true }) };
}
