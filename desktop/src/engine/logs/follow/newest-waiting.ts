import { compareTime } from '../parse/timestamp.ts';
import type { Lane, Waiting } from './lane.ts';

/** The newest of the lines that wait in these lanes, at most `limit`, as they would be put in order if no other came. */
export function newestWaiting(lanes: Iterable<Lane>, limit: number): Waiting[] {
  const heads = [...lanes].flatMap((lane) => (lane.waiting === 0 ? [] : [{ lane, back: 0, key: lane.keyFromEnd(0) }]));
  const newest: Waiting[] = [];
  while (newest.length < limit) {
    let last = heads[0];
    for (const head of heads) {
      // The other way round than lines leave: of two at the same time, that of the later source comes last.
      const order = last === undefined ? 0 : compareTime(head.key, last.key) || head.lane.source - last.lane.source;
      if (order > 0) last = head;
    }
    if (last === undefined) break;
    newest.push(last.lane.fromEnd(last.back));
    last.back += 1;
    if (last.back < last.lane.waiting) last.key = last.lane.keyFromEnd(last.back);
    else heads.splice(heads.indexOf(last), 1);
  }
  return newest.reverse();
}
