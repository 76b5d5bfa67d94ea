import type { ClientContext, ClientLink } from '@orpc/client';

/** One open transport to the core. */
export interface Wire {
  link: ClientLink<ClientContext>;
  /** Settles once the transport is gone, for whatever reason. */
  closed: Promise<void>;
  close(): void;
}

/** Opens a transport; throws SignedOut where trying again is of no use. */
export type OpenWire = (signal: AbortSignal) => Promise<Wire>;
