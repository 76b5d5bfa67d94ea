/** How a message hangs on the ones before it. */
export type FollowUp =
  /** It stands by itself. */
  | { readonly kind: 'none' }
  /** It says more about what was looked for ("in blue?", "cheaper ones?"). */
  | { readonly kind: 'refine' }
  /** It names another thing to look for under the same conditions ("what about sleeping bags?"). */
  | { readonly kind: 'switch' }
  /** It wants others of the same ("what else?"). */
  | { readonly kind: 'others' }
  /** It is about these of the products shown, by position; `choose`: the one of them that fits best. */
  | { readonly kind: 'shown'; readonly positions: readonly number[]; readonly choose: boolean };

/** What is known about a message before it is asked what it hangs on. */
export interface Clues {
  /** How many products were shown last. */
  readonly shown: number;
  /** Position of the product that the conversation is about. */
  readonly focus: number;
  /** Whether it names a thing that is none of those shown. */
  readonly namesNewThing: boolean;
  readonly namesThing: boolean;
  /** Whether it asks for some thing anew, be it one that the shop has or not. */
  readonly asksAnew: boolean;
  /** Whether it is but the name of a thing that the shop never heard of. */
  readonly namesUnheard: boolean;
  /** Whether there is nothing in it but words that are none. */
  readonly senseless: boolean;
  /** Whether it has at least half of the name of a product or an article. */
  readonly namesTitle: boolean;
  /** How many words in it tell what is meant. */
  readonly strongWords: number;
  /** Whether it said something about price, stock or order. */
  readonly narrows: boolean;
}

const ordinals: readonly (readonly [RegExp, (shown: number) => number[]])[] = [
  [/\bfirst (?:two|2)\b/i, () => [0, 1]],
  [/\b(?:both|the two)\b/i, () => [0, 1]],
  [/\bthe (?:first|1st)(?= (?:one|option|is|does|has)\b|\W*$|[,?!.])/i, () => [0]],
  [/\bthe (?:second|2nd)(?= (?:one|option|is|does|has)\b|\W*$|[,?!.])/i, () => [1]],
  [/\bthe (?:third|3rd)(?= (?:one|option|is|does|has)\b|\W*$|[,?!.])/i, () => [2]],
  [/\b(?:the last|last one)\b/i, (shown) => [shown - 1]],
];
const choose = /\b(?:which (?:one|of|is|has|are)|what(?:'s| is) the (?:best|difference))\b/i;
/** One of those shown, told by what it is like ("the titanium one", "the one for families"). */
const described =
  /\bthe one (?:for|with|without|that|which|in|from|made)\b|\bthe (?!first|second|third|last|same|other|cheap|next)\w+(?: \w+)? one\b/i;
const several = /\b(?:they|them|these|those|their|all of)\b/i;
const one =
  /\b(?:it|its|it's|(?:that|this|the same) one|the one|(?:that|this)(?= (?:product|item|model|thing)))\b|\b(?:is|does|do|did|can|could|will|would|has|was|about|of|for|with|on|than|return|buy|take|send|exchange|order|get|want|like) (?:that|this)\b(?! \w+ (?:can|is|will|fits?|does))/i;
/** What is said of a thing at hand, whatever else is named ("does it have a lock?"). */
const pointed =
  /\b(?:(?:that|this|the same) one|(?:does|is|can|could|will|would|has|was|about) (?:it|that|this)|(?:do|are|can|will|have|were) (?:they|these|those))\b(?! \w+ (?:can|is|will|fits?|does))/i;
/** Says what is wanted ("it has to fit in the hold", "something to fill it with"), not what is asked about a thing. */
const demand =
  /\b(?:it|they|that|this)(?:'ll| will| has to| have to| should| must| needs? to| would have to)\b|\b(?:some|any)thing\b/i;
/** Asks about a part or a property ("what's the weight limit?"). */
const property =
  /^\W*(?:(?:and|but|so|ok(?:ay)?|also)\b[ ,]*)*(?:what(?:'s| is| are)|how \w+ (?:is|are)|is|are|can|does|do|has|have|will) (?:the|its)\b/i;
const indefinite =
  /\b(?:an?|any|some|another|more)\b[^.?!]*\b(?:ones?|versions?|variants?|models?)\b|\bones\b|\b(?:have|got|sell) one\b/i;
const details = /\b(?:tell me more|more (?:about|details?|info(?:rmation)?)|describe|explain)\b/i;
const others = /\b(?:else|others?|another|alternatives?|different|more (?:options|choices|of (?:them|these|those)))\b/i;
const lead = String.raw`^\W*(?:(?:and|or|also|but|then|so|no|not|yes|please|ok(?:ay)?|hm+|great|thanks|cool|well|actually|maybe|what about|how about|what if|any(?:thing|one)?|some(?:thing)?|ones?|preferably|rather|do you have (?:any|one|it|something|anything))\b[ ,]*)`;
const opener = new RegExp(`${lead}+`, 'i');
const preposition = new RegExp(
  `${lead}*(?:in|for|with|without|under|over|made|from|that|which|of|on|to|at|by)\\b`,
  'i',
);
const fewWords = 3;

/** Decides what a message hangs on. `message` is as the customer wrote it. */
export function readFollowUp(message: string, clues: Clues): FollowUp {
  const { shown, focus } = clues;
  const found = ordinals.find(([pattern]) => pattern.test(message));
  const positions = found?.[1](shown).filter((position) => position >= 0 && position < shown) ?? [];
  if (positions.length > 0) return { kind: 'shown', positions, choose: false };
  const asksProperty = property.test(message) && !clues.namesTitle;
  if (shown > 0 && (!clues.namesNewThing || asksProperty || pointed.test(message))) {
    const all = [...Array(shown).keys()];
    if (described.test(message)) return { kind: 'shown', positions: all, choose: true };
    if (choose.test(message) && (clues.strongWords > 0 || clues.narrows))
      return { kind: 'shown', positions: all, choose: true };
    if (!indefinite.test(message) && !demand.test(message)) {
      if (one.test(message) || asksProperty || (details.test(message) && clues.strongWords === 0)) {
        return { kind: 'shown', positions: [focus], choose: false };
      }
      if (several.test(message)) return { kind: 'shown', positions: all, choose: false };
    }
  }
  if (clues.senseless && !clues.narrows) return { kind: 'none' };
  if (clues.strongWords === 0) return others.test(message) && !clues.narrows ? { kind: 'others' } : { kind: 'refine' };
  if (indefinite.test(message)) return { kind: 'refine' };
  if (clues.asksAnew && !clues.namesThing) return { kind: 'switch' };
  if (preposition.test(message)) return { kind: 'refine' };
  if (clues.namesUnheard) return { kind: 'switch' };
  if (opener.test(message)) return clues.namesThing ? { kind: 'switch' } : { kind: 'refine' };
  if (one.test(message) && !clues.namesThing) return { kind: 'refine' };
  return clues.namesThing || clues.strongWords > fewWords ? { kind: 'none' } : { kind: 'refine' };
}
