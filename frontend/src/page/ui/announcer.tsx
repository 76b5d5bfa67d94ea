import { useState } from 'react';
import { announcementOf } from '../conversation/announcement.ts';
import { isOpen, type Turn } from '../conversation/turns.ts';

/** Where a turn is, as far as a screen reader is told. */
function stageOf(turn: Turn | undefined): string {
  if (turn === undefined) return '';
  const { id, status } = turn;
  return `${id} ${isOpen(turn) && status.kind !== 'parked' ? 'open' : status.kind}`;
}

/** Tells a screen reader once when an answer is finished or stopped, not every piece of it. */
export function Announcer({ turns }: { readonly turns: readonly Turn[] }) {
  const last = turns.at(-1);
  const stage = stageOf(last);
  const [before] = useState(stage);
  return (
    <div role="status" className="hidden">
      {last !== undefined && stage !== before && <p key={stage}>{announcementOf(last)}</p>}
    </div>
  );
}
