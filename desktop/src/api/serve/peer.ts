import { StandardRPCHandler } from '@orpc/server/standard';
import { createServerPeerHandleRequestFn } from '@orpc/server/standard-peer';
import { decodeRequestMessage, ServerPeer } from '@orpc/standard-server-peer';
import type { Caller } from '../access.ts';
import type { ServedRouter, Wire, WireData } from './types.ts';

/** More calls open at once than any panel needs; a peer beyond it is broken or hostile. */
const maxOpenCalls = 256;

/**
 * Answers one peer, as far as its role goes, until its wire closes, which aborts all of its streams. A frame that is no message ends the
 * connection instead of being skipped: the peer then sees its calls fail at once rather than wait for ever.
 */
export function servePeer(router: ServedRouter, wire: Wire, caller: Caller): void {
  const handle = createServerPeerHandleRequestFn(new StandardRPCHandler(router, {}), { context: caller });
  const peer = new ServerPeer(async (data) => {
    await wire.send(typeof data === 'string' || data instanceof Uint8Array ? data : new Uint8Array(data));
  });
  let open = 0;

  const answer = async (data: WireData): Promise<void> => {
    if (open >= maxOpenCalls || !(await isRequest(data))) {
      wire.refuse();
      return;
    }
    open += 1;
    try {
      await peer.message(data, handle);
    } catch {
      // The peer has been told, or is gone: errors of procedures and streams travel as messages before they come here.
    } finally {
      open -= 1;
    }
  };

  wire.onClose(() => {
    peer.close();
  });
  wire.onMessage((data) => {
    void answer(data);
  });
}

async function isRequest(data: WireData): Promise<boolean> {
  try {
    await decodeRequestMessage(data);
    return true;
  } catch {
    return false;
  }
}
