import { expect, test } from 'vitest';
import { type OperationEvent, operationEvent } from '#contract/index.ts';
import { maskEvent } from './mask-event.ts';

const at = '2026-01-01T00:00:00.000Z';
const mask = (text: string): string => text.replaceAll('canary', '***');
const problem = {
  code: 'BUILD_FAILED' as const,
  message: 'it said canary',
  remedy: 'Look at canary.',
  details: { lines: ['RUN canary'], deep: { value: 'canary', status: 7 } },
};
const step = { id: 'sha256:a', name: 'RUN curl -H canary', cached: false, error: 'canary' };

const events: OperationEvent[] = [
  { type: 'build', at, service: 'web', steps: [step] },
  { type: 'build-log', at, service: 'web', step: 'sha256:a', text: 'canary\n' },
  { type: 'note', at, text: 'web: canary' },
  { type: 'waiting', at, service: 'web', reason: 'the last probe said canary' },
  { type: 'step', at, step: 'build web', state: 'failed', problem },
  { type: 'end', at, outcome: 'failed', seconds: 1, summary: 'it said canary', problem },
];

test.each(events.map((event) => [event.type, event] as const))(
  '%s: no secret is left, and nothing else is lost',
  (_type, event) => {
    const after = maskEvent(event, mask);
    expect(after).toEqual(JSON.parse(JSON.stringify(event).replaceAll('canary', '***')));
    expect(operationEvent.safeParse(after).success).toBe(true);
  },
);

test('names, ids and what has no text of others stay as they are', () => {
  const plain: OperationEvent[] = [
    { type: 'step', at, step: 'create canary', state: 'done' },
    { type: 'pull', at, service: 'canary', image: 'canary:1', current: 1, total: 2, layersDone: 0, layers: 1 },
  ];
  for (const event of plain) expect(maskEvent(event, mask)).toBe(event);
});
