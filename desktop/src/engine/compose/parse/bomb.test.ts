import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const run = promisify(execFile);

/** Nine lines that stand for 10^9 values: each repeats the one before ten times. */
function bomb(): string {
  const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
  for (let level = 1; level < 9; level += 1) {
    const aliases = Array.from({ length: 10 }, () => `*a${level - 1}`).join(', ');
    lines.push(`a${level}: &a${level} [${aliases}]`);
  }
  return `${lines.map((line) => `x-${line}`).join('\n')}\n`;
}

/** Loads a file in a process of its own and tells how that ended, how long it took and what memory it took at its peak. */
const script = `
const { loadModel } = await import('#engine/compose/index.ts');
const [directory] = process.argv.slice(-1);
const load = (file) => loadModel({ directory, files: [file], envFiles: [], profiles: [], env: {} });
await load('small.yml');
const before = process.resourceUsage().maxRSS;
const begun = performance.now();
const said = await load('bomb.yml').then(() => 'loaded', (error) => error.code + ' ' + error.message);
const seconds = (performance.now() - begun) / 1000;
console.log(JSON.stringify({ said, seconds, megabytes: (process.resourceUsage().maxRSS - before) / 1024 }));
`;

test('aliases that repeat aliases are refused at once, in words, without the memory that they stand for', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'qs-bomb-'));
  const services = 'name: p\nservices: {a: {image: x}}\n';
  await writeFile(join(directory, 'small.yml'), services);
  await writeFile(join(directory, 'bomb.yml'), `${bomb()}${services}`);
  try {
    const cwd = join(import.meta.dirname, '../../../..');
    const args = ['--input-type=module', '-e', script, directory];
    const { stdout } = await run(process.execPath, args, { cwd, timeout: 30_000 });
    const told = JSON.parse(stdout) as { said: string; seconds: number; megabytes: number };
    expect(told.said).toMatch(/^COMPOSE_INVALID bomb\.yml:\d+:\d+: .*once its aliases are expanded/);
    expect(told.seconds).toBeLessThan(3);
    expect(told.megabytes).toBeLessThan(50);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
});
