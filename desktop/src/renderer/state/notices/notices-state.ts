import type { EndOutcome, NoticeKind, ServiceCondition, Verb } from '#contract/index.ts';
import type { ServiceMemory } from './service-memory.ts';

/** What was or is done to a stack. */
export interface NoticedAction {
  readonly verb: Verb;
  readonly services: readonly string[];
  /** Version or release. */
  readonly target?: string | undefined;
}

interface Told {
  readonly id: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly environment: string;
  readonly read: boolean;
}

export interface ServiceNotice extends Told {
  readonly kind: 'unhealthy' | 'recovered' | 'crashing';
  readonly services: readonly string[];
  /** It goes to and fro, and nothing more is told of it until it stays. */
  readonly flaps: boolean;
}

export interface EndNotice extends Told {
  readonly kind: 'ended';
  readonly action: NoticedAction;
  readonly outcome: EndOutcome;
  /** Who did it, where it was done elsewhere. */
  readonly actor?: string | undefined;
}

export interface LockNotice extends Told {
  readonly kind: 'locked';
  readonly action: NoticedAction;
  readonly actor: string;
}

export type Notice = ServiceNotice | EndNotice | LockNotice;

/** An operation that another process carries out. */
export interface ElsewhereOperation {
  readonly operation: string;
  readonly environment: string;
  readonly action: NoticedAction;
  readonly actor: string;
  /** When it was heard of. */
  readonly at: number;
  readonly told: boolean;
}

export interface Toast {
  readonly id: number;
  readonly until: number;
}

export interface NoticesState {
  /** Newest first, at most fifty. */
  readonly list: readonly Notice[];
  /** Those that are shown over the page, newest first. */
  readonly toasts: readonly Toast[];
  /** The reader looks at the toasts, so that none goes away. */
  readonly held: boolean;
  readonly lastId: number;
  /** By environment and name. */
  readonly services: Readonly<Record<string, Readonly<Record<string, ServiceMemory>>>>;
  readonly elsewhere: readonly ElsewhereOperation[];
  /** Ids of operations of this core; the last ones. */
  readonly known: readonly string[];
}

export type NoticesEvent =
  | { readonly type: 'tick' | 'read' | 'clear' }
  | { readonly type: 'hold'; readonly held: boolean }
  | { readonly type: 'dismiss'; readonly id: number }
  | {
      readonly type: 'seen';
      readonly environment: string;
      readonly services: readonly { readonly name: string; readonly condition: ServiceCondition }[];
      /** Something is under way there, whose end tells more. */
      readonly busy: boolean;
    }
  /** An operation of this core. */
  | { readonly type: 'known'; readonly operation: string }
  | {
      readonly type: 'ended';
      readonly environment: string;
      readonly action: NoticedAction;
      readonly outcome: EndOutcome;
      /** The reader did it, and looks at it. */
      readonly inSight: boolean;
    }
  | { readonly type: 'began-elsewhere'; readonly what: Omit<ElsewhereOperation, 'at' | 'told'> }
  | { readonly type: 'ended-elsewhere'; readonly operation: string; readonly outcome: EndOutcome };

export const noNotices: NoticesState = {
  list: [],
  toasts: [],
  held: false,
  lastId: 0,
  services: {},
  elsewhere: [],
  known: [],
};

/** Which kinds are not wanted. */
export type Muted = readonly NoticeKind[];
