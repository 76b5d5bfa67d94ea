import { expect, test } from 'vitest';
import { addStrayFiles, copyProject } from './support/project.ts';
import { readTar, skip } from './support/tar.ts';

const everything = 'FROM scratch\nCOPY . /\n';
const allowed = [
  /^(package|package-lock|desktop\/package)\.json$/,
  /^\.npmrc$/,
  /^(service|backend|frontend)\/(package|tsconfig[\w.]*)\.json$/,
  /^(service|backend|frontend)\/src\/.+\.(ts|tsx|css|svg|png|woff2|json)$/,
  /^(backend|frontend)\/config\/(development|production)\.json$/,
  /^backend\/data\/.+\.(json|bin)$/,
  /^frontend\/(index\.html|vite\.config\.ts)$/,
  /^docker\/((backend|frontend)\.Dockerfile|(healthcheck|only-node)\.mjs)$/,
];
const limit = 5_000_000;

test('what is sent to a build is the sources and nothing else, less than 5 MB', async () => {
  const { directory, remove } = await copyProject();
  try {
    await addStrayFiles(directory, 'a secret');
    const files: string[] = [];
    let bytes = 0;
    const args = ['buildx', 'build', '--quiet', '--no-cache', '--output', 'type=tar,dest=-', '--file', '-', '.'];
    await readTar(
      args,
      async ({ name, type, size }, content) => {
        if (type === 'file') files.push(name);
        bytes += size;
        await skip(content);
      },
      { cwd: directory, input: everything },
    );
    expect(files.filter((name) => !allowed.some((pattern) => pattern.test(name)))).toEqual([]);
    expect(files.filter((name) => /\.test\.tsx?$|\/testing\/|node_modules|dist\//.test(name))).toEqual([]);
    for (const needed of [
      'package-lock.json',
      'backend/src/main.ts',
      'frontend/src/server/main.ts',
      'service/package.json',
    ])
      expect(files).toContain(needed);
    expect(bytes).toBeLessThan(limit);
  } finally {
    await remove();
  }
});
