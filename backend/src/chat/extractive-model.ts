import { contentStems, sentences } from '../retrieval/words.ts';
import type { AnswerRequest, ChatModel, ChatPart, Passage } from './ports.ts';

const maxSentences = 2;

function overlap(sentence: string, asked: ReadonlySet<string>): number {
  return contentStems(sentence).filter((term) => asked.has(term)).length;
}

/** The sentences of `text` that share most words with the question, in their own order. */
function extract(text: string, asked: ReadonlySet<string>, count: number): string[] {
  const ranked = sentences(text)
    .map((sentence, position) => ({ sentence, position, score: overlap(sentence, asked) }))
    .sort((a, b) => b.score - a.score || a.position - b.position)
    .slice(0, count);
  return ranked.sort((a, b) => a.position - b.position).map(({ sentence }) => sentence);
}

function listed(titles: readonly string[]): string {
  return new Intl.ListFormat('en-GB').format(titles);
}

function aboutProducts(best: Passage, others: readonly Passage[], asked: ReadonlySet<string>): string[] {
  const first = [`${best.title} fits best.`, ...extract(best.text, asked, maxSentences)];
  return others.length === 0 ? first : [...first, `Also worth a look: ${listed(others.map(({ title }) => title))}.`];
}

function spoken(said: readonly string[]): ChatPart[] {
  return said.map((sentence, index) => ({ type: 'text', text: index === 0 ? sentence : ` ${sentence}` }));
}

/** Answers with sentences of the passages themselves: deterministic, needs no key and cannot make anything up. */
export class ExtractiveModel implements ChatModel {
  readonly name = 'llm';

  // eslint-disable-next-line @typescript-eslint/require-await -- the port is asynchronous, this one has nothing to wait for
  async *answer({ question, passages }: AnswerRequest): AsyncGenerator<ChatPart> {
    const [best, ...rest] = passages;
    if (best === undefined) throw new Error('an answer needs at least one passage');
    const asked = new Set(contentStems(question));
    if (best.kind === 'article') {
      yield* spoken(extract(best.text, asked, maxSentences));
      yield { type: 'cited', ids: [best.id] };
      return;
    }
    const others = rest.filter(({ kind }) => kind === 'product');
    yield* spoken(aboutProducts(best, others, asked));
    yield { type: 'cited', ids: [best, ...others].map(({ id }) => id) };
  }

  ping(): Promise<void> {
    return Promise.resolve();
  }
}
