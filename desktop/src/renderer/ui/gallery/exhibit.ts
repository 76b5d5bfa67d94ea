import type { FunctionComponent } from 'react';

/** One way in which a component can stand. */
export interface Exhibit {
  readonly name: string;
  readonly Show: FunctionComponent;
}

/** A file of the design system with every state of what it exports. */
export interface Shelf {
  /** Name of the file, without its ending. */
  readonly file: string;
  readonly exhibits: readonly Exhibit[];
  /** Takes the whole width. */
  readonly wide?: true;
}

export const nothing = (): void => undefined;
