import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setupLock } from './dependencies.mjs';
import { withLock } from './lock.mjs';
import { inRoot, root } from './paths.mjs';
import { lastLines, npm } from './run.mjs';
import { Trouble } from './trouble.mjs';

const isInput = (name) => !/\.test\.tsx?$/.test(name);

function filesBelow(folder) {
  const entries = readdirSync(folder, { withFileTypes: true });
  const paths = entries.filter(({ name }) => isInput(name)).map((entry) => [entry, join(folder, entry.name)]);
  return paths.flatMap(([entry, path]) => (entry.isDirectory() ? filesBelow(path) : [path])).sort();
}

/** A hash of everything the panel is built from. */
function inputs() {
  const settings = readdirSync(inRoot('desktop'))
    .filter((name) => /\.(ts|json|html)$/.test(name))
    .map((name) => inRoot('desktop', name));
  const hash = createHash('sha256');
  for (const file of [...filesBelow(inRoot('desktop', 'src')), ...settings, inRoot('package-lock.json')]) {
    hash.update(file).update('\0').update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

const stamp = inRoot('desktop', 'out', '.inputs');
const built = (wanted) => existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted;

/** Builds the panel when it was built from other files than those there are; returns a note when it had to. */
export async function ensureBuild() {
  if (built(inputs())) return undefined;
  return withLock(setupLock('build'), async () => {
    const wanted = inputs();
    if (built(wanted)) return undefined;
    const { code, stdout, stderr } = await npm(['run', 'build', '--workspace', 'desktop'], { cwd: root });
    if (code !== 0) {
      throw new Trouble(
        `The panel could not be built.\n${lastLines(stdout, 10)}\n${lastLines(stderr, 20)}`,
        'Mend what it names, then run this again.',
      );
    }
    writeFileSync(stamp, wanted);
    return 'built';
  });
}
