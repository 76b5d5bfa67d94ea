import { QuaysideError } from '#contract/index.ts';
import { say } from '#kit/say.ts';
import type { Registry } from './registry/registry.ts';

/** For how long a list may be held up by a registry. */
const patienceMs = 3_000;
/** For how long an answer is taken as still true: lists are read at every change of a stack. */
const rememberedMs = 60_000;

/** Whether images that are not here could be pulled, asked without holding anybody up. */
export interface Pullable {
  /** Bytes to be sent. Throws REGISTRY_*, IMAGE_NOT_FOUND; REGISTRY_UNREACHABLE where there is no answer in time. */
  size(image: string, digest: string): Promise<number>;
}

export function createPullable(registry: Registry): Pullable {
  const asked = new Map<string, { readonly at: number; readonly answer: Promise<number> }>();
  return {
    size(image, digest) {
      const key = `${image}@${digest}`;
      const known = asked.get(key);
      if (known && performance.now() - known.at < rememberedMs) return known.answer;
      const answer = inTime(registry.pullSize(image, digest));
      answer.catch(() => undefined);
      asked.set(key, { at: performance.now(), answer });
      return answer;
    },
  };
}

async function inTime(answer: Promise<number>): Promise<number> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new QuaysideError('REGISTRY_UNREACHABLE', say`the registry gave no answer within ${patienceMs / 1000} s`));
    }, patienceMs);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
