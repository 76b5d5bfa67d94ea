import { useEffect, useRef, useState } from 'react';
import type { LogsStore } from '#state/index.ts';
import { count } from '#ui/format.ts';
import { saveFile } from '#ui/save-file.ts';

export interface Exporting {
  busy: boolean;
  /** How it goes, or how it went. */
  said?: string | undefined;
  run: () => void;
}

/** Saves every matching line that is held, also those that the panel does not show, as newline-delimited JSON. */
export function useExport(store: LogsStore, environment: string): Exporting {
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState<string>();
  const life = useRef<AbortController>(undefined);
  useEffect(
    () => () => {
      life.current?.abort();
    },
    [],
  );

  async function save(signal: AbortSignal): Promise<string> {
    const told = await store.getState().exportLines(signal, (soFar) => {
      setSaid(`Exporting: ${count(soFar)} lines so far`);
    });
    if (told.problem !== undefined) return `Nothing was saved: ${told.problem.message}`;
    const stamp = new Date().toISOString().slice(0, 19).replaceAll(':', '-');
    saveFile(`${environment}-logs-${stamp}.ndjson`, 'application/x-ndjson', told.parts);
    return `${count(told.count)} lines saved as newline-delimited JSON`;
  }

  return {
    busy,
    said,
    run() {
      const own = new AbortController();
      life.current?.abort();
      life.current = own;
      setBusy(true);
      void save(own.signal).then((outcome) => {
        if (own.signal.aborted) return;
        setSaid(outcome);
        setBusy(false);
      });
    },
  };
}
