import type { Page } from '@playwright/test';
import { answering, type ScriptedBackend } from './scripted-backend.ts';
import { shelf } from './shelf.ts';
import { expect } from './test.ts';

/** Brings the page, from its start, into a state and waits until it is there. */
export interface PageState {
  readonly name: string;
  readonly reach: (page: Page, backend: ScriptedBackend) => Promise<void>;
  /** Whether the browser complains in its console, as it does of every failed request. */
  readonly complains?: true;
}

const question = 'A backpack for my laptop under 150 euro';
const longWord = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft'.repeat(4);
const sentence =
  'It keeps what it promises, in rain and in a crowded train, and is mended free of charge for ten years. ';

/** Types a question into the box and sends it. */
export async function ask(page: Page, words = question): Promise<void> {
  await page.getByLabel('Your question').fill(words);
  await page.getByLabel('Your question').press('Enter');
}

export const backpackAnswer = {
  text: 'The Nomad Backpack fits best: it has a padded sleeve for a 16-inch laptop and keeps the rain out. The Harbour Roll-Top is lighter on the wallet, and grows with what you carry.',
  products: shelf,
} as const;

export const returnsAnswer = {
  text: 'You can send any product back within 30 days. Print the label from your order, and we pay the postage.',
  citations: [
    { id: 'returns', kind: 'article', title: 'Returns' },
    { id: 'refunds', kind: 'article', title: 'When you get your money back' },
  ],
} as const;

const abstained = {
  text: 'I could not find anything about that in our shop. Try naming a product, or ask about delivery or returns.',
  abstained: true,
} as const;

const feedback = (page: Page) => expect(page.getByText('Did this help?')).toBeVisible();

const streaming: PageState['reach'] = async (page, backend) => {
  backend.script = ({ event }) => {
    event('session', { sessionId: 'some-session' });
    event('token', { text: 'The Nomad Backpack fits best: it has a padded sleeve for' });
  };
  await ask(page);
  await expect(page.getByText('The Nomad Backpack fits best')).toBeVisible();
};

/** Every state that a customer can see. */
export const states: readonly PageState[] = [
  {
    name: 'welcome',
    reach: async (page) => {
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    },
  },
  {
    name: 'waiting',
    reach: async (page, backend) => {
      backend.script = () => undefined;
      await ask(page);
      await expect(page.getByText('Looking through the shelves')).toBeVisible();
    },
  },
  { name: 'streaming', reach: streaming },
  {
    name: 'products',
    reach: async (page, backend) => {
      backend.script = answering(backpackAnswer);
      await ask(page);
      await feedback(page);
    },
  },
  {
    name: 'article, its source and the rating',
    reach: async (page, backend) => {
      backend.script = answering(returnsAnswer);
      await ask(page, 'Can I send a product back?');
      await page.getByRole('button', { name: 'Returns', exact: true }).click();
      await page.getByRole('button', { name: 'Yes, this helped' }).click();
      await expect(page.getByText('Thank you for telling us.')).toBeVisible();
    },
  },
  {
    name: 'nothing found',
    reach: async (page, backend) => {
      backend.script = answering(abstained);
      await ask(page, 'Do you sell cars?');
      await expect(page.getByRole('list', { name: 'You could ask' })).toBeVisible();
    },
  },
  {
    name: 'degraded',
    reach: async (page, backend) => {
      backend.script = answering({ ...backpackAnswer, degraded: true });
      await ask(page);
      await feedback(page);
    },
  },
  {
    name: 'stopped',
    reach: async (page, backend) => {
      await streaming(page, backend);
      await page.getByRole('button', { name: 'Stop' }).click();
      await expect(page.getByText('Stopped.', { exact: true })).toBeVisible();
    },
  },
  {
    name: 'broken off',
    complains: true,
    reach: async (page, backend) => {
      const { promise, resolve } = Promise.withResolvers<() => void>();
      backend.script = ({ event, cut }) => {
        event('token', { text: 'The Nomad Backpack fits best: it has' });
        resolve(cut);
      };
      await ask(page);
      await expect(page.getByText('The Nomad Backpack fits best')).toBeVisible();
      (await promise)();
      await expect(page.getByRole('main').getByText('The answer broke off.')).toBeVisible();
    },
  },
  {
    name: 'failed',
    complains: true,
    reach: async (page, backend) => {
      backend.script = ({ refuse }) => {
        refuse(500, 'internal_error');
      };
      await ask(page);
      await expect(page.getByRole('main').getByText('That did not work.')).toBeVisible();
    },
  },
  {
    name: 'limited',
    complains: true,
    reach: async (page, backend) => {
      backend.script = ({ refuse }) => {
        refuse(429, 'rate_limited', { 'retry-after': '40' });
      };
      await ask(page);
      await expect(page.getByText(/again in \d+ seconds/)).toBeVisible();
    },
  },
  {
    name: 'down',
    complains: true,
    reach: async (page, backend) => {
      backend.healthy = false;
      await ask(page);
      await expect(page.getByText('The shop cannot be reached right now.')).toBeVisible();
      await expect(page.getByText('We ask it as soon as the shop is back.')).toBeVisible();
    },
  },
  {
    name: 'offline',
    reach: async (page) => {
      // A customer who loses the connection has seen the page, with its fonts and with what it asks for at first.
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await page.evaluate(() =>
        Promise.all([...document.fonts].map((face) => face.load())).then(({ length }) => length),
      );
      await page.waitForLoadState('networkidle');
      await page.context().setOffline(true);
      await expect(page.getByText('You are offline.')).toBeVisible();
    },
  },
  {
    name: 'long answer and long words',
    reach: async (page, backend) => {
      const named = { ...shelf[0], name: longWord, description: longWord };
      backend.script = answering({
        text: `${longWord}\n\n${sentence.repeat(40)}\n\n- one\n- two`,
        products: [named, ...shelf],
      });
      await ask(page, `What does ${longWord} cost? ${sentence.repeat(8)}`);
      await feedback(page);
    },
  },
  {
    name: 'product details',
    reach: async (page, backend) => {
      backend.script = answering(backpackAnswer);
      await ask(page);
      await page.getByRole('heading', { name: 'Nomad Backpack' }).getByRole('button').click();
      await expect(page.getByRole('dialog', { name: 'Nomad Backpack 24 l' })).toBeVisible();
    },
  },
  {
    name: 'product that is gone',
    complains: true,
    reach: async (page, backend) => {
      const citations = [{ id: 'gone', kind: 'product', title: 'Heron Kettle' }] as const;
      backend.script = answering({ text: 'The Heron Kettle boils a litre in three minutes.', citations });
      await ask(page);
      await page.getByRole('button', { name: 'Heron Kettle' }).click();
      await expect(page.getByText('We do not sell this any more.')).toBeVisible();
    },
  },
  {
    name: 'several turns',
    reach: async (page, backend) => {
      for (const [words, answer] of [
        ['Can I send a product back?', returnsAnswer],
        ['Do you sell cars?', abstained],
        [question, backpackAnswer],
      ] as const) {
        backend.script = answering(answer);
        await ask(page, words);
        await expect(page.getByRole('button', { name: 'Ask', exact: true })).toBeVisible();
      }
      await expect(page.getByText('Did this help?').nth(2)).toBeVisible();
    },
  },
];
