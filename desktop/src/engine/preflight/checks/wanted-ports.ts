import type { Model } from '#engine/compose/index.ts';

export type Protocol = 'tcp' | 'udp' | 'sctp';

/** A port of this machine that a service is to be reachable at. */
export interface WantedPort {
  readonly service: string;
  /** Which of its ports, counted from 0. */
  readonly index: number;
  /** Empty = every address. */
  readonly hostIp: string;
  /** First and last port of the range the engine may choose from; mostly equal. */
  readonly first: number;
  readonly last: number;
  readonly protocol: Protocol;
}

function protocolOf(text: string | undefined): Protocol {
  return text === 'udp' || text === 'sctp' ? text : 'tcp';
}

/** The fixed host ports of a model. Ports that the engine chooses itself cannot collide. */
export function wantedPorts(model: Model): WantedPort[] {
  return [...model.services.values()].flatMap(({ name, ports, scale }) =>
    scale === 0
      ? []
      : (ports ?? []).flatMap(({ published = '', host_ip = '', protocol }, index) => {
          const [first = 0, last = first] = published.split('-').map(Number);
          if (!(first > 0) || !(last >= first)) return [];
          return [{ service: name, index, hostIp: host_ip, first, last, protocol: protocolOf(protocol) }];
        }),
  );
}

function everywhere(ip: string): boolean {
  return ip === '' || ip === '0.0.0.0' || ip === '::' || ip === '[::]';
}

/** Whether two addresses cannot both have the same port. */
export function overlap(a: string, b: string): boolean {
  return everywhere(a) || everywhere(b) || a === b;
}
