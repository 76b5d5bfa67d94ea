import { loadConfig } from '../config/load.ts';
import type { Config } from '../config/schema.ts';
import { createLogger } from '../logging/logger.ts';
import { startService } from '../service.ts';

/** Collects what a logger writes, one entry per write. */
export function captureLines() {
  const lines: string[] = [];
  return { lines, write: (line: string) => void lines.push(line) };
}

/** The whole backend on a free port of this machine, with its log lines. */
export async function startForTest(settings: Partial<Config> = {}) {
  const log = captureLines();
  const config = {
    ...loadConfig({ HOST: '127.0.0.1', PORT: '0' }, '/nonexistent'),
    shutdownGraceMs: 1000,
    ...settings,
  };
  const options = { service: 'backend', version: '9.9.9', level: 'info', destination: log };
  const service = await startService({
    config,
    version: options.version,
    logger: createLogger(options),
    accessLogger: createLogger({ ...options, context: false }),
  });
  return { ...service, lines: log.lines, url: `http://127.0.0.1:${service.port}` };
}
