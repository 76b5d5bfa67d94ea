import { dockerText } from './docker-cli.ts';

const factors: Readonly<Record<string, number>> = { B: 1, KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30 };

/** `66.53MiB` as bytes. */
function bytesOf(text: string): number {
  const [, figure, unit] = /^([\d.]+)(\w+)$/.exec(text.trim()) ?? [];
  const factor = factors[unit ?? ''];
  if (factor === undefined) throw new Error(`"${text}" is no size`);
  return Number(figure) * factor;
}

/** What `docker stats` says of a container: percent of one core, and bytes as exact as it rounds them. */
export async function clientStats(container: string): Promise<{ cpuPercent: number; memory: number; limit: number }> {
  const text = await dockerText('stats', '--no-stream', '--format', '{{.CPUPerc}}|{{.MemUsage}}', container);
  const [cpu = '', memory = ''] = text.split('|');
  const [used = '', limit = ''] = memory.split('/');
  return { cpuPercent: Number.parseFloat(cpu), memory: bytesOf(used), limit: bytesOf(limit) };
}
