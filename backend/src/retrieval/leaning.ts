import type { Passage } from '../chat/ports.ts';

const support =
  /\b(?:how (?:do|can|should|would|long|often|does|much does (?:it|shipping|delivery)) (?:i|we|one|you|it|is|are|does|do|until|will)?|can (?:i|we|you)|could (?:i|you)|may i|am i|are you|do (?:i|you (?:ship|deliver|offer|accept|take|charge|repair|have to))|is it possible|what (?:happens|if)|what(?:'s| is| are) (?:your|the (?:policy|return|warranty))|my (?:order|parcel|package|account|password|invoice|refund|payment)|i (?:forgot|lost|received|got|returned|ordered|paid|moved|haven'?t|didn'?t|never|was)|policy|my (?:\w+ ){1,3}?(?:leaks?|broke|stopped|is (?:broken|faulty|defective|cracked|torn)|does(?: not|n'?t)|won'?t|no longer|has a))\b/i;
const seeking =
  /\b(?:i(?:'m| am) looking for|looking for|i need (?:an?|some|something|to have)|i want (?:an?|some|something)|something|recommend|suggest|show me|which|gift for|present for|do you (?:sell|have)|got any|any good)\b/i;

/** Which kind of passage a question sounds like it asks for, if it does. */
export function leaningOf(question: string): Passage['kind'] | undefined {
  const [asksHelp, seeksProduct] = [support.test(question), seeking.test(question)];
  if (asksHelp === seeksProduct) return undefined;
  return asksHelp ? 'article' : 'product';
}
