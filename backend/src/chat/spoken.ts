/** Sentences as the pieces of one text: all but the first begin with a space. */
export function spoken(sentences: readonly string[]): string[] {
  return sentences.map((sentence, index) => (index === 0 ? sentence : ` ${sentence}`));
}
