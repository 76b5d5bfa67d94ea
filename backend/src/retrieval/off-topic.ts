import { isEnglish } from './english.ts';
import { words } from './words.ts';

/** Ways to ask that no shop is asked: general knowledge, sums, texts to be written, other people's business. */
const patterns: readonly RegExp[] = [
  /^\W*(?:who|whose)\b(?! (?:pays|delivers|ships|brings|covers|makes|repairs|do i|can i|should i))/i,
  /^\W*(?:when|where) (?:was|were|did)\b(?! (?:my|i|you|we))/i,
  /\b(?:what year|how (?:old|tall|far|deep) (?:is|are|was))\b/i,
  /^\W*(?:please |can you |could you )?(?:write|compose|translate|calculate|solve|sing|draw|code|program|summari[sz]e)\b/i,
  /\b(?:tell me (?:a|an|some) (?:joke|story|poem)|what(?:'s| is) the (?:capital|weather|population|meaning of|square root|time|news|date)|weather (?:like|forecast|today|tomorrow)|(?:will|does|is) it (?:going to )?(?:rain|snow|be sunny)(?:ing)?)\b/i,
  /\b(?:have you (?:ever )?(?:read|seen|been|heard|tried)|you have (?:read|seen)|your favou?rite|do you (?:like|love|believe|dream)|how are you)\b/i,
  /\bsell (?:you|my)\b|\b(?:rent|hire|lease|borrow|trade in)\b/i,
  /^\W*(?:what|how much) is \d|\b\d+ ?[*+/x] ?\d+\b/i,
  /\b(?:book (?:me )?(?:a|an) (?:flight|hotel|table|room|ticket|appointment)|are you (?:hiring|human|(?:really )?an? (?:real |actual )?(?:robot|bot|person|human|machine))|job (?:opening|vacanc\w+|application)|stock price|share price)\b/i,
  /\bhow (?:do|can|should|would|to)(?: (?:i|you|we|one))? (?:bake|cook|roast|knit|become|invest|learn)\b/i,
  /\b(?:symptoms?|dosage|diagnos\w+|medicines?|medication|pregnan\w+|(?:get rid of|cure|treat) (?:a|my|the) (?:cold|cough|flu|fever|headache|rash|hangover))\b/i,
  /\b(?:lose weight|train for an?|(?:file|declare) (?:my |a |our )?tax\w*|(?:buy|sell) (?:your |my |some )?(?:shares|stocks)|mortgage|lawyer|sue|landlord|employer|elections?|president)\b/i,
  /\bhow (?:do|can) (?:i|we) (?:get|drive|travel) (?:from \w+ )?to\b(?! (?:you|your|the (?:shop|store|showroom)))/i,
];

const opener = /^\W*(?:(?:and|but|so|ok(?:ay)?|then|also|thanks?|well|great)\b\W*)+/i;

/** Whether a question sounds like none for a shop; it takes more to answer it then. */
export function soundsOffTopic(message: string): boolean {
  const question = message.replace(opener, '');
  return patterns.some((pattern) => pattern.test(question));
}

const service =
  /\b(?:do|does|can|could|will|would) (?:you|u|the shop|somebody|someone)(?: guys| also| please)? (?:do|clean|repair|fix|mend|install|mount|assemble|build|paint|decorate|wash|iron|cook|teach|train|walk|groom|tow|tune|print|scan|copy|lend|design|translate|babysit)\b/i;

/** Whether something is to be done, which no product is an answer to. */
export function asksForService(question: string): boolean {
  return service.test(question);
}

/** A name that is said to have what is asked about ("my Netflix subscription", "the policy of Ryanair"). */
const owner = /\b(?:my|of|by)\s+([A-Z]\p{L}{2,})/gu;
const origin = /\bfrom\s+([A-Z]\p{L}{2,})/gu;

/** Whether a question is about what somebody else does; `isOurs` tells the words of the shop. */
export function isAboutOthers(question: string, isOurs: (word: string) => boolean): boolean {
  const names = (pattern: RegExp) => [...question.matchAll(pattern)].flatMap(([, name]) => words(name ?? ''));
  return names(owner).some((name) => !isOurs(name)) || names(origin).some((name) => !isOurs(name) && !isEnglish(name));
}
