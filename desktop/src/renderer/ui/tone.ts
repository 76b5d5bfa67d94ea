/** What a colour says. Never shown by colour alone: an icon and a word go with it. */
export type Tone = 'ok' | 'warn' | 'bad' | 'busy' | 'off';
