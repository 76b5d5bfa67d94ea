import { expect, test } from 'vitest';
import type { Product } from '../shop/protocol.ts';
import { followUps } from './follow-ups.ts';
import type { Turn } from './turns.ts';

const product = (stock: number): Product => ({
  id: `p${stock}`,
  name: 'Tent',
  category: 'Camping',
  price: 10,
  currency: 'EUR',
  stock,
  rating: 4,
  description: '',
  features: [],
});

function turn(question: string, answer: Partial<Turn['answer']>, status: Turn['status'] = { kind: 'answered' }): Turn {
  const empty = { text: 'Yes.', citations: [], products: [], abstained: false, degraded: false };
  return { id: 1, question, status, helpful: undefined, answer: { ...empty, ...answer } };
}

test('products can be narrowed: cheaper always, in stock when one is not', () => {
  expect(followUps([turn('A tent', { products: [product(1)] })])).not.toContain('Only in stock');
  expect(followUps([turn('A tent', { products: [product(1), product(0)] })])).toEqual([
    'Cheaper ones?',
    'Only in stock',
    'How long does delivery take?',
  ]);
});

test('what was just asked is not offered, nor what the answer was about', () => {
  const citations = [{ id: 'x', kind: 'article' as const, title: 'Returns' }];
  const earlier = turn('How can I pay?', {});
  const offered = followUps([earlier, turn('I want my money', { citations })]);
  expect(offered).toEqual(['How long does delivery take?', 'What does the warranty cover?']);
  expect(followUps([turn('Cheaper ones?', { products: [product(1)] })])).not.toContain('Cheaper ones?');
});

test.each<Turn>([
  turn('Cars?', { abstained: true }),
  turn('A tent', {}, { kind: 'streaming' }),
  turn('A tent', {}, { kind: 'failed', again: true, correlationId: undefined }),
])('nothing is offered after $status.kind without an answer', (last) => {
  expect(followUps([last])).toEqual([]);
  expect(followUps([])).toEqual([]);
});
