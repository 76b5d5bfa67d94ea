import { beforeAll, describe, expect, test } from 'vitest';
import { embeddedCatalogue, loadCatalogue } from '../catalogue/load.ts';
import type { Retriever } from '../chat/ports.ts';
import { embeddedRetrieval } from './embedded.ts';

const { signal } = new AbortController();
/** As the assistant has it: below it abstains. */
const sure = 0.5;
let retriever: Retriever;
beforeAll(async () => {
  ({ retriever } = await embeddedRetrieval(await loadCatalogue(embeddedCatalogue), signal));
});

const find = async (text: string) => {
  const { matches, confidence } = await retriever.retrieve({ text, limit: 5 }, signal);
  return { confidence, ids: matches.slice(0, 3).map(({ passage }) => passage.id) };
};

describe('is not sure of', () => {
  test.each([
    ['a thing that is told of nowhere', 'lipstick in dark red'],
    ['a kind that is told of nowhere', 'motorcycle helmet'],
    ['what is for somebody else', "kids' bed"],
    ['a country that we do not deliver to', 'do you deliver to Canada'],
    ['a means that we do not take', 'Can I pay with bitcoin?'],
    ['a thing of which an article only has the size', "women's running shoes size 39"],
    ['a service, by products', 'Do you clean carpets?'],
    ['a question of health', 'how do I get rid of a cold'],
    ['a question of law', 'can my employer fire me'],
    ['a question of sports', 'And how do I train for a marathon'],
  ])('%s', async (_what, question) => {
    expect((await find(question)).confidence).toBeLessThan(sure);
  });
});

describe('is still sure of', () => {
  test.each([
    ['a country of the European Union', 'do you deliver to Denmark', 'delivery-countries'],
    ['what is for somebody', 'headphones for children', 'kids-headphones'],
    ['a service that an article is about', 'can you sharpen my knives', 'knife-sharpening'],
    ['an article by one word of its name', 'do you do repairs', 'repair-service'],
    ['an article by half of its name', 'do you have a loyalty programme', 'loyalty-points'],
    ['a misspelt kind', 'waterprof rain cape', 'rain-poncho-bike'],
    ['a thing that is to do something', 'is there a saw you could use for metal', 'hand-saw'],
  ])('%s', async (_what, question, expected) => {
    const { confidence, ids } = await find(question);
    expect(confidence).toBeGreaterThanOrEqual(sure);
    expect(ids).toContain(expected);
  });
});
