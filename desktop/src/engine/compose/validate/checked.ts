import type { Draft } from '../bind/bind.ts';
import type { Node } from '../tree/node.ts';

/** All that the checks look at. */
export interface Checked {
  readonly root: Node;
  readonly services: ReadonlyMap<string, Draft>;
  /** Services that a profile keeps from running. */
  readonly disabled: ReadonlySet<string>;
  readonly networks: ReadonlySet<string>;
  readonly volumes: ReadonlySet<string>;
  readonly secrets: ReadonlyMap<string, Draft>;
  readonly configs: ReadonlyMap<string, Draft>;
}
