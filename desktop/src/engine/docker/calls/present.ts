import { QuaysideError } from '#contract/index.ts';

const atOnce = 8;

/** Looks each item up, eight at a time and in order, leaving out what has gone in the meantime (ENGINE_NOT_FOUND, IMAGE_NOT_FOUND). */
export async function present<Item, Detail>(
  items: readonly Item[],
  look: (item: Item) => Promise<Detail | undefined>,
): Promise<Detail[]> {
  const found = new Array<Detail | undefined>(items.length);
  const queue = items.entries();
  const worker = async (): Promise<void> => {
    for (const [index, item] of queue) found[index] = await look(item).catch(undefinedWhereGone);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker));
  return found.filter((detail) => detail !== undefined);
}

function undefinedWhereGone(error: unknown): undefined {
  const gone =
    error instanceof QuaysideError && (error.code === 'ENGINE_NOT_FOUND' || error.code === 'IMAGE_NOT_FOUND');
  if (!gone) throw error;
}
