import type { AnswerRequest, DraftAnswer, Llm, Passage } from './ports.ts';
import { contentStems, sentences } from './words.ts';

const maxSentences = 2;

function overlap(sentence: string, asked: ReadonlySet<string>): number {
  return contentStems(sentence).filter((term) => asked.has(term)).length;
}

/** The sentences of `text` that share most words with the question, in their own order. */
function extract(text: string, asked: ReadonlySet<string>, count: number): string {
  const ranked = sentences(text)
    .map((sentence, position) => ({ sentence, position, score: overlap(sentence, asked) }))
    .sort((a, b) => b.score - a.score || a.position - b.position)
    .slice(0, count);
  return ranked
    .sort((a, b) => a.position - b.position)
    .map(({ sentence }) => sentence)
    .join(' ');
}

function listed(titles: readonly string[]): string {
  return new Intl.ListFormat('en-GB').format(titles);
}

function aboutProducts(best: Passage, others: readonly Passage[], asked: ReadonlySet<string>): string {
  const first = `${best.title} fits best. ${extract(best.text, asked, maxSentences)}`;
  return others.length === 0 ? first : `${first} Also worth a look: ${listed(others.map(({ title }) => title))}.`;
}

/** Answers with sentences of the passages themselves: deterministic, needs no key and cannot make anything up. */
export class ExtractiveLlm implements Llm {
  readonly name = 'llm';

  answer({ question, passages }: AnswerRequest): Promise<DraftAnswer> {
    const [best, ...rest] = passages;
    if (best === undefined) return Promise.reject(new Error('an answer needs at least one passage'));
    const asked = new Set(contentStems(question));
    if (best.kind === 'article') {
      return Promise.resolve({ text: extract(best.text, asked, maxSentences), cited: [best.id] });
    }
    const others = rest.filter(({ kind }) => kind === 'product');
    const cited = [best, ...others].map(({ id }) => id);
    return Promise.resolve({ text: aboutProducts(best, others, asked), cited });
  }

  ping(): Promise<void> {
    return Promise.resolve();
  }
}
