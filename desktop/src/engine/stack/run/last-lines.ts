import type { DockerGateway } from '#engine/docker/index.ts';
import { say } from '#kit/say.ts';

/** The last lines that a container printed, without their times; says so where they cannot be read. `mask` hides secrets. */
export async function readLastLines(
  gateway: DockerGateway,
  { id, tty }: { readonly id: string; readonly tty: boolean },
  count: number,
  mask: (text: string) => string,
): Promise<string[]> {
  const chunks: Buffer[] = [];
  try {
    const stream = gateway.containers.logs(id, tty, { follow: false, tail: count });
    for await (const chunk of stream) chunks.push(Buffer.from(chunk.payload));
  } catch (error) {
    return [say`(log lines could not be read: ${error instanceof Error ? error.message : String(error)})`];
  }
  return Buffer.concat(chunks)
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => mask(line.slice(line.indexOf(' ') + 1)))
    .slice(-count);
}
