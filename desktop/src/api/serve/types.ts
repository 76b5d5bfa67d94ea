import type { createRouter } from '../router.ts';

/** The contract with an engine behind it. */
export type ServedRouter = ReturnType<typeof createRouter>;

/** What travels: text, or bytes where a message carries a file. */
export type WireData = string | Uint8Array;

/** One connection to one peer, whatever carries it. */
export interface Wire {
  /** Resolves when the peer can take more, which is what slows a stream down; rejects when the peer is gone. */
  send(data: WireData): Promise<void>;
  onMessage(listener: (data: WireData) => void): void;
  onClose(listener: () => void): void;
  /** Ends the connection because the peer does not speak the protocol. */
  refuse(): void;
}
