import { Fragment, type ReactNode } from 'react';

export interface FilledProps {
  /** A sentence with places in it: `The service {service} waits.` */
  text: string;
  /** What stands in each place. */
  parts: Readonly<Record<string, ReactNode>>;
}

/** A sentence in which something is shown otherwise than as text, wherever its language puts it. */
export function Filled({ text, parts }: FilledProps) {
  return text.split(/\{(\w+)\}/).map((piece, index) => (
    // Every second piece is the name of a place. The order never changes.
    <Fragment key={index}>{index % 2 === 0 ? piece : (parts[piece] ?? `{${piece}}`)}</Fragment>
  ));
}
