/**
 * Where the program of a worker lies: `worker.ts` beside the module in the sources; `NAME.js` beside or above the bundle which
 * that module has become a part of. `folder` is that module's; throws where there is none of them.
 */
export function workerFile(folder: string, name: string, exists: (file: string) => boolean): string {
  const found = ['worker.ts', `${name}.js`, `../${name}.js`].map((place) => `${folder}/${place}`).find(exists);
  if (found === undefined) throw new Error(`There is no ${name}.js beside ${folder}.`);
  return found;
}
