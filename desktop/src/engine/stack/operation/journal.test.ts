import { expect, test } from 'vitest';
import type { OperationEvent } from '#contract/index.ts';
import { Journal } from './journal.ts';

const note = (text: string): OperationEvent => ({ type: 'note', at: '', text });
const end: OperationEvent = { type: 'end', at: '', outcome: 'done', seconds: 1, summary: '' };

async function readAll(journal: Journal): Promise<string[]> {
  const seen: string[] = [];
  for await (const event of journal.read(new AbortController().signal))
    seen.push(event.type === 'note' ? event.text : event.type);
  return seen;
}

test('a late reader gets everything from the first event on, a live one as it comes', async () => {
  const journal = new Journal();
  const live = readAll(journal);
  journal.add(note('a'));
  await Promise.resolve();
  journal.add(note('b'));
  journal.add(end);
  expect(await live).toEqual(['a', 'b', 'end']);
  expect(await readAll(journal)).toEqual(['a', 'b', 'end']);
});

test('output past the bound is counted, and the end still comes', async () => {
  const journal = new Journal();
  for (let index = 0; index < 50_010; index += 1) journal.add(note(String(index)));
  journal.add(end);
  expect((await readAll(journal)).slice(-2)).toEqual(['10 lines of output were not kept', 'end']);
});

test('a reader that leaves is not waited for', async () => {
  const journal = new Journal();
  const leave = new AbortController();
  const reading = journal.read(leave.signal).next();
  leave.abort();
  expect(await reading).toEqual({ done: true, value: undefined });
});
