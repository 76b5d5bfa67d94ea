import type { Turn } from './turns.ts';

function counted(count: number): string {
  if (count === 0) return '';
  return count === 1 ? ' One product is shown.' : ` ${count} products are shown.`;
}

/** What a screen reader is told when a turn gets where it is: nothing while the answer comes in, then all of it at once. */
export function announcementOf({ status, answer }: Turn): string {
  switch (status.kind) {
    case 'waiting':
    case 'streaming':
      return 'Looking through the shop.';
    case 'answered':
      return `${answer.text}${counted(answer.products.length)}`;
    case 'parked':
      return 'The shop could not take the question. It is kept and will be asked again by itself.';
    case 'stopped':
      return 'The answer was stopped.';
    case 'failed':
      return 'That did not work.';
  }
}
