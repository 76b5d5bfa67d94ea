import { describe, expect, test } from 'vitest';
import { entriesOf } from '../catalogue/passages.ts';
import type { Catalogue, Product } from '../catalogue/schema.ts';
import { Language } from './language.ts';
import { isAboutOthers, soundsOffTopic } from './off-topic.ts';
import { requestedThings } from './requested-things.ts';
import { editDistance } from './spelling.ts';
import { headOf } from './vocabulary.ts';

const product = (id: string, name: string, description: string): Product => ({
  id,
  name,
  category: 'Camping',
  price: 10,
  currency: 'EUR',
  stock: 1,
  rating: 4,
  description,
  features: [],
});

const catalogue: Catalogue = {
  products: [
    product('tent', 'Ridge Tent', 'A light tent for two people that one person pitches.'),
    product('mat', 'Cork Yoga Mat', 'A yoga mat for the floor beside the sofa.'),
    product('torch', 'Beacon Head Torch', 'A head torch for hiking.'),
  ],
  articles: [{ id: 'returns', title: 'Returns', text: 'You can return a product within 30 days.' }],
  synonyms: { torch: ['flashlight'], return: ['send back', 'not happy'] },
  needs: { torch: ['see in the dark'] },
};
const language = new Language(entriesOf(catalogue), catalogue.synonyms);
const stems = (text: string) =>
  language.concepts(text).map(({ wordings }) => wordings.map((each) => each.stems.join(' ')));

describe('concepts', () => {
  test('synonyms stand beside the word itself, phrases also with words in between', () => {
    expect(stems('a flashlight')).toEqual([['flashlight', 'torch']]);
    expect(stems('can I send it back?')).toEqual([['send back', 'return']]);
    expect(stems('I am not happy')).toEqual([['happi', 'return']]);
  });

  test('misspelt words are corrected, joined ones taken apart, real other words left alone', () => {
    expect(stems('a tnet')).toEqual([['tent']]);
    expect(stems('flashligth')).toEqual([['flashlight', 'torch']]);
    expect(stems('yogamat')).toEqual([['yoga mat']]);
    expect(stems('a text')).toEqual([['text']]);
  });

  test('a word that the catalogue lacks is known to be lacking; one of everyday life is not missed', () => {
    expect(language.concepts('bitcoin tent').map(({ known }) => known)).toEqual([false, true]);
    expect(stems('a tent for my grandmother')).toEqual([['tent']]);
  });
});

test.each([
  ['Ridge Two-Person Tent', 'tent'],
  ['Packing Cubes, Set of 3', 'cubes'],
  ['Gale Percale Duvet Set 200 x 200 cm', 'duvet'],
  ['A pair of folding aluminium trekking poles with cork grips', 'poles'],
  ['A wooden railway with 38 parts', 'railway'],
])('what a name or description names: %s', (text, head) => {
  expect(headOf(text)).toBe(head);
});

describe('a thing asked for by name', () => {
  test.each([
    ['Do you sell sofas?', ['sofa']],
    ['I need winter tyres for my car', ['tyre']],
    ['electric guitar strings', ['guitar string']],
    ['a red wine that goes with steak', ['red wine']],
    ['do you have sofas or beds', ['sofa', 'bed']],
  ])('%s', (question, expected) => {
    const said = requestedThings(question).map(({ thing, kind }) => (kind === undefined ? thing : `${kind} ${thing}`));
    expect(said).toEqual(expected);
  });

  test.each([
    'how do I clean my pan?',
    'protect my notebook computer in my bag',
    'I want to return something',
    'hello',
  ])('none: %s', (question) => {
    expect(requestedThings(question)).toEqual([]);
  });
});

test('questions that no shop is asked', () => {
  for (const question of ['Who won the world cup?', 'Write me a poem', 'what is 12 * 4', 'do you rent out tents'])
    expect([question, soundsOffTopic(question)]).toEqual([question, true]);
  for (const question of ['who pays for the return?', 'what is the price of the tent', 'where is my parcel'])
    expect([question, soundsOffTopic(question)]).toEqual([question, false]);
});

test('questions about what others do', () => {
  const isOurs = (word: string) => word === 'beacon';
  for (const question of ['where is my Amazon order', 'the opening hours of IKEA', 'my return to and from Zalando'])
    expect([question, isAboutOthers(question, isOurs)]).toEqual([question, true]);
  for (const question of ['the battery of my Beacon', 'returns from Norway', 'Where is my order?', 'WHERE IS MY ORDER'])
    expect([question, isAboutOthers(question, isOurs)]).toEqual([question, false]);
});

test.each([
  ['tent', 'tent', 0],
  ['tnet', 'tent', 1],
  ['tents', 'tent', 1],
  ['bicycle', 'bycicle', 2],
  ['desk', 'tent', 3],
])('edits between %s and %s', (one, other, edits) => {
  expect(editDistance(one, other, 2)).toBe(edits);
});
