import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { postChat } from '../testing/events.ts';
import { startForTest } from '../testing/service.ts';

/** Whole conversations with the embedded assistant, over HTTP. */
let service: Awaited<ReturnType<typeof startForTest>>;
beforeAll(async () => {
  service = await startForTest();
});
afterAll(() => service.stop());

const answerSchema = z.object({
  sessionId: z.string(),
  answer: z.string(),
  abstained: z.boolean(),
  sources: z.array(z.object({ id: z.string(), kind: z.string(), title: z.string() })),
  products: z.array(
    z.object({ id: z.string(), name: z.string(), category: z.string(), price: z.number(), stock: z.number() }),
  ),
});
type Answer = z.infer<typeof answerSchema>;

/** Asks one after the other in one conversation. */
async function talk(...messages: string[]): Promise<{ readonly answers: readonly Answer[]; readonly last: Answer }> {
  const answers: Answer[] = [];
  for (const message of messages) {
    const sessionId = answers[0]?.sessionId;
    const body = sessionId === undefined ? { message } : { message, sessionId };
    const response = await postChat(`${service.url}/api/chat`, body, { accept: 'application/json' });
    answers.push(answerSchema.parse(await response.json()));
  }
  const last = answers.at(-1);
  if (last === undefined) throw new Error('nothing was asked');
  return { answers, last };
}

const idsOf = ({ sources }: Answer) => sources.map(({ id }) => id);

describe('conditions are carried on', () => {
  test('cheaper ones are cheaper than the dearest shown, and of the same kind', async () => {
    const { answers, last } = await talk('I need a tent', 'cheaper ones?');
    const highest = Math.max(...(answers[0]?.products ?? []).map(({ price }) => price));
    expect(last.products.length).toBeGreaterThan(0);
    for (const { price } of last.products) expect(price).toBeLessThan(highest);
    expect(last.products[0]?.name).toContain('Tent');
  });

  test('dearer ones are dearer than the cheapest shown', async () => {
    const { answers, last } = await talk('floor lamps', 'more expensive ones?');
    const lowest = Math.min(...(answers[0]?.products ?? []).map(({ price }) => price));
    expect(last.products.length).toBeGreaterThan(0);
    for (const { price } of last.products) expect(price).toBeGreaterThan(lowest);
  });

  test('a price limit holds for the next thing asked for too', async () => {
    const { last } = await talk('tents under 300 euros', 'what about sleeping bags?');
    expect(last.products[0]?.name).toContain('Sleeping Bag');
    for (const { price } of last.products) expect(price).toBeLessThanOrEqual(300);
  });

  test('only in stock leaves out what is sold out', async () => {
    const { answers, last } = await talk('record player', 'only in stock');
    expect(answers[0]?.products.map(({ id }) => id)).toContain('spin-turntable');
    for (const { stock } of last.products) expect(stock).toBeGreaterThan(0);
    expect(idsOf(last)).not.toContain('spin-turntable');
  });

  test('a new question is free of them', async () => {
    const { last } = await talk('tents under 250 euros', 'Do you have standing desks?');
    expect(idsOf(last)).toContain('birch-standing-desk');
  });
});

describe('follow-ups', () => {
  test.each([
    ['say more', ['show me sleeping bags', 'for children please'], 'kids-sleeping-bag'],
    ['name nothing but what differs', ['I want a French press', 'a smaller one for one mug?'], 'solo-french-press'],
    ['point at what was shown', ['record player', 'how much is it?'], 'spin-turntable'],
    ['ask about it', ['Tell me about the Bastion U-lock', 'does it come with spare keys?'], 'u-lock'],
    ['pick one', ['Do you sell pans?', 'Is the cast iron one suitable for the oven?'], 'ember-cast-iron'],
    ['ask for help with it', ['suitcases', 'and the warranty for that one?'], 'warranty'],
    ['go on with help', ['Do you deliver to Switzerland?', 'how much does that cost?'], 'delivery-countries'],
    ['make demands on it', ['suitcases', 'it has to be large enough for two weeks'], 'rover-check-in-suitcase'],
    ['ask about a part', ['Pillion child bike seat', "what's the weight limit?"], 'child-bike-seat'],
    ['say what little of it is understood', ['keyboards', 'my job is mostly accounting and payroll'], 'keys-75'],
    ['want something that goes with it', ['cordless drill', 'can I buy a spare battery for it?'], 'battery-18v'],
  ])('%s', async (_what, messages, expected) => {
    const { last } = await talk(...messages);
    expect(last.abstained).toBe(false);
    expect(idsOf(last).slice(0, 3)).toContain(expected);
  });

  test('what else shows others', async () => {
    const { answers, last } = await talk('desk lamp', 'what else do you have?');
    const before = new Set(answers[0]?.products.map(({ id }) => id));
    expect(last.products.length).toBeGreaterThan(0);
    expect(last.products.filter(({ id }) => before.has(id))).toEqual([]);
  });

  test('conversations know nothing of each other', async () => {
    await talk('I need a tent');
    const { last } = await talk('cheaper ones?');
    expect(idsOf(last).filter((id) => id.includes('tent'))).toEqual([]);
  });
});

describe('after an answer, what the shop does not know is no more of the same', () => {
  const answered = 'Can I send a product back?';

  test.each([
    ['no words at all', answered, 'Flurbig zonktwist?'],
    ['no words at all, after products', 'sleeping bags', 'asdfgh jkl'],
    ['another thing', answered, 'Do you sell cars?'],
    ['another thing, after products', 'a desk lamp', 'do you sell umbrellas?'],
    ['another thing that is told of somewhere', 'where is the showroom?', 'do you sell pianos there?'],
    ['another thing beside it', 'a yoga mat', 'and a treadmill?'],
    ['another thing, by its bare name', 'shampoo', 'lipstick?'],
    ['another thing, by common words', 'a casserole', 'frozen pizza?'],
    ['a question of its own', 'running belt', 'how do I prepare for a triathlon'],
    ['what no shop is asked', 'do you deliver to Norway?', 'and who won the election there?'],
  ])('%s', async (_what, before, message) => {
    const { answers, last } = await talk(before, message);
    expect(answers[0]?.abstained).toBe(false);
    expect(last).toMatchObject({ abstained: true, sources: [], products: [] });
  });

  test.each([
    ['a known word', [answered, 'it was a present'], 'gift-return'],
    ['a condition alone', ['tents', 'under 250'], 'solo-bivvy-tent'],
    ['a misspelt word', ['tents', 'for too poeple'], 'ridge-tent-2'],
    ['a compound of words', ['yoga mats', 'the sweatproof kind'], 'cork-yoga-mat'],
    ['an unknown word said of oneself', ['show me dog beds', 'mine is a chihuahua'], 'dog-bed-small'],
    ['another thing that we have', ['garden hose', 'and a watering can?'], 'watering-can'],
    ['another version', ['I want a French press', 'do you have a smaller version?'], 'solo-french-press'],
    ['what it is to be like', ['backpack', 'airline approved'], 'nomad-backpack'],
    ['what it is to have', ['headphones', 'do you have any in black?'], 'studio-wired-headphones'],
    ['for whom it is', ['sleeping bag', 'for a boy of eight'], 'kids-sleeping-bag'],
    ['what it is to go with', ['Tide Max speaker', 'does it work with Alexa?'], 'tide-party-speaker'],
    ['more of something', ['speakers', 'I need more bass and volume for a party'], 'tide-party-speaker'],
  ])('but it is kept with %s', async (_what, messages, expected) => {
    const { last } = await talk(...messages);
    expect(last.abstained).toBe(false);
    expect(idsOf(last).slice(0, 3)).toContain(expected);
  });
});

describe('honest answers', () => {
  test('the price and stock that the catalogue has', async () => {
    const { last } = await talk('How much is the Heron gooseneck kettle?');
    expect(last.answer).toContain('89.00 EUR');
    const { last: gone } = await talk('Is the Spin turntable in stock?');
    expect(gone.answer).toContain('out of stock');
    expect(idsOf(gone)[0]).toBe('spin-turntable');
  });

  test('every product that is cited is shown, best first, all are named, and more than one sentence is said', async () => {
    const { last } = await talk('Which tents do you have?');
    const products = last.sources.filter(({ kind }) => kind === 'product');
    expect(last.products.map(({ id }) => id)).toEqual(products.map(({ id }) => id));
    for (const { title } of last.sources) expect(last.answer).toContain(title);
    expect(last.answer.split(/(?<=[.!?]) /).length).toBeGreaterThan(2);
  });

  test('the cheapest and the dearest', async () => {
    expect(idsOf((await talk("What's the cheapest tent you have?")).last)[0]).toBe('solo-bivvy-tent');
    expect(idsOf((await talk('most expensive coffee machine')).last)[0]).toBe('atlas-espresso');
  });

  test('which condition it is that leaves nothing', async () => {
    const { last } = await talk('a tent between 1 and 5 euros, in stock');
    expect(last.abstained).toBe(true);
    for (const words of ['from 1.00 EUR', 'up to 5.00 EUR', 'in stock']) expect(last.answer).toContain(words);
  });

  test('a thing of another kind than we have is no answer, whatever it shares with one', async () => {
    expect((await talk('do you sell kitchen machines?')).last.abstained).toBe(false);
    expect((await talk('do you sell sewing machines?')).last.abstained).toBe(true);
  });

  test('what other companies do is none of ours', async () => {
    expect(idsOf((await talk('how do I get my money back for a return?')).last)).toContain('refund-time');
    expect((await talk('what is the refund policy of Ryanair')).last.abstained).toBe(true);
    expect((await talk('I need a tent', 'what is the weather like?')).last.abstained).toBe(true);
  });

  test('an abstention leaves the conversation where it was', async () => {
    const { last } = await talk('I need a tent', 'what is the capital of Australia?', 'cheaper ones?');
    expect(last.products[0]?.name).toContain('Tent');
  });
});
