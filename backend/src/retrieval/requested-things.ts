import { stem } from './stem.ts';
import { isLightWord, stopWords } from './stop-words.ts';
import { headOf } from './vocabulary.ts';
import { words } from './words.ts';

const request =
  /\b(?:(?:do|can|does|would) (?:you|u|the shop)(?: guys)? (?:also |still |currently )?(?:sell|have|stock|carry|offer|do|got)|(?:have you|you) got|sells?|i(?:'d| would)? (?:also )?(?:need|want|like)|(?:i'?m|i am|we are|we're) (?:looking|searching|shopping) for|looking for|searching for|in search of|show me|is there|are there|where (?:can|do) i (?:find|get|buy)|can i (?:buy|get|order)|i'?d like to (?:buy|order|get)|want to (?:buy|order|get))\s+(.+)/i;
const article =
  /^(?:(?:to (?:buy|get|order)|me|a|an|the|any|some|your|new|good|nice|cheap|me some|me a|few|more|kind of|sort of|type of|pair of|set of)\s+)+/i;
/** The thing stands before the verb, or in front of "cost". */
const inverted =
  /\b(?:what|which) (?:kinds? of |sorts? of |types? of )?(\w+(?: \w+){0,3}?) do you (?:have|sell|offer|stock|carry)\b|\bhow much (?:is|are|does|do) an? ([\w -]+?)(?: cost)?\s*\?/i;
/** What follows is no thing of the shop's. */
const noThing = /^(?:to|my|you|your|help|it|that|this|these|those|if|him|her)\b(?! (?:buy|get|order))/i;
const sentenceEnd = /[?.!;,]/;
/** What may stand after the thing. */
const trailing = /(?:\s+(?:there|too|also|as well|please|at all))+\s*$/i;
/** Asks for another thing beside the one before ("and a treadmill?"). */
const another = /^\W*(?:(?:and|or|also|but|plus|then|ok(?:ay)?|what about|how about)\b[ ,]*)+(?:an?|some|any)\s+(.+)/i;
/** It names no thing but says what one is to be like ("any with a porch"). */
const described = /^(?:with|without|for|in|from|made|that|which|under|over|of|on)\b/i;
/** More of what is there already is no thing. */
const moreOf = /^(?:more|less|fewer)\b/i;

/** Words with which no bare name of a thing begins, or that are in none. */
const sentence =
  /^(?:\W*(?:protect|keep|build|drink|help|light|teach|sort|stop|make|get|find|carry|charge|clean|cook|cut|dry|feed|fix|grow|hang|hold|learn|listen|measure|play|relax|repair|sharpen|sleep|store|transport|train|wake|wash|watch|weigh|write|organi[sz]e|cancel|change|track|return|exchange|delete|reset|pay|send|talk|speak|contact|turn|loosen|paint|draw|remove|improve|lift|raise|reach|see|hear|work|travel|go|bring|put|use|attach|connect|warm|cool|heat|boil|brew|bake|fry|chop|slice|peel|mix|stir|water|plant|walk|ride|run|swim|stay|tidy|hide|reduce|prevent|avoid|recover|relieve|trim|shave|brush|style|entertain|the|(?:some|any)thing|for|with|without|in|on|from|of|to|at|by|under|over|that|which)\b|.*\b(?:i|i'?m|i'?d|i'?ve|you|your|we|my|me|is|are|was|were|do|does|did|can|could|will|would|should|how|what|when|where|who|why|which|has|have|had|it|its|to|too|not|they|he|she|best|gift|present)\b)/i;
const determiner = /^\W*(?:an?|some|any)\b/i;
const maxWords = 8;
/** Without an article, more words than this are rather a sentence. */
const maxBareWords = 5;

/** A message that is nothing but the name of a thing ("electric guitar strings"). */
function bareName(message: string): string | undefined {
  const count = message.trim().split(/\s+/).length;
  if (sentence.test(message) || count > (determiner.test(message) ? maxWords : maxBareWords)) return undefined;
  return message.trim();
}

/** Whether somebody asks for a thing in so many words, rather than by its bare name. */
function asksForThing(question: string): boolean {
  return request.test(question) || inverted.test(question);
}

/** The last words of the things that a follow-up asks for anew, whether the shop has them or not; stems. */
export function thingsAskedAnew(message: string): string[] {
  const beside = another.exec(message)?.[1];
  if (beside === undefined && !asksForThing(message)) return [];
  return requestedThings(beside === undefined ? message : `do you have ${beside}`).map(({ thing }) => thing);
}

/** A thing that is asked for by name, as stems. */
export interface Requested {
  readonly thing: string;
  /** What kind of it ("sewing" of a sewing machine), where that is said. */
  readonly kind: string | undefined;
}

/** For whom a thing is makes it another one ("baby bottles"), though elsewhere it tells little. */
const audience = new Set('baby kid kids child children toddler newborn man men woman women ladies dog cat'.split(' '));
const tells = (word: string) => !stopWords.has(word) && !isLightWord(word);

/** The things that somebody asks the shop for by name ("do you sell sofas or beds" -> sofa, bed), if so. */
export function requestedThings(question: string): Requested[] {
  const turned = inverted.exec(question);
  const named = turned?.[1] ?? turned?.[2] ?? request.exec(question)?.[1] ?? bareName(question);
  const asked = named?.split(sentenceEnd)[0]?.replace(trailing, '');
  if (asked === undefined || noThing.test(asked) || moreOf.test(asked)) return [];
  return asked.split(/\bor\b/i).flatMap((name) => {
    const bare = name.trim().replace(article, '');
    const head = headOf(bare);
    if (head === undefined || !tells(head) || described.test(bare)) return [];
    const all = words(bare);
    const before = all[all.indexOf(head) - 1];
    return [
      {
        thing: stem(head),
        kind: before !== undefined && (tells(before) || audience.has(before)) ? stem(before) : undefined,
      },
    ];
  });
}
