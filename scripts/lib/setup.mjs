import { ensureDependencies } from './dependencies.mjs';
import { ensureNode } from './node.mjs';
import { step } from './say.mjs';

/**
 * What every command of this project needs before anything else: its packages and its Node. The rest of the caller
 * runs under that Node. `script` is the caller's path (`process.argv[1]`).
 */
export async function prepare(script = process.argv[1]) {
  await step('dependencies', ensureDependencies, { quiet: true });
  await ensureNode(script);
}
