import type { Turn } from './turns.ts';

const services = [
  { about: /deliver|shipp/i, question: 'How long does delivery take?' },
  { about: /return|send .*back|refund/i, question: 'Can I send a product back?' },
  { about: /warrant|guarantee|repair/i, question: 'What does the warranty cover?' },
  { about: /\bpay/i, question: 'How can I pay?' },
];

const most = 3;

function narrowing({ answer: { products } }: Turn): string[] {
  if (products.length === 0) return [];
  return products.some(({ stock }) => stock === 0) ? ['Cheaper ones?', 'Only in stock'] : ['Cheaper ones?'];
}

/** What a customer may well ask after the last of `turns`, at most three questions, none that was just asked. */
export function followUps(turns: readonly Turn[]): string[] {
  const last = turns.at(-1);
  if (last?.status.kind !== 'answered' || last.answer.abstained) return [];
  const said = [last.question, ...last.answer.citations.map(({ title }) => title)].join(' ');
  const asked = new Set(turns.map(({ question }) => question));
  const fresh = services.filter(({ about, question }) => !about.test(said) && !asked.has(question));
  const narrow = narrowing(last).filter((question) => question !== last.question);
  return [...narrow, ...fresh.map(({ question }) => question)].slice(0, most);
}

/** What to try when the shop knew nothing, or nothing was asked yet. */
export const suggestions = {
  find: [
    'A backpack for my laptop under 150 euro',
    'Something for good coffee at home',
    'A warm light for the tent',
    'Quiet headphones for the train',
  ],
  help: ['Can I send a product back?', 'How long does delivery take?', 'What does the warranty cover?'],
} as const;
