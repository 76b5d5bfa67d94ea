import { useEffect, useRef, useState } from 'react';
import { fileNamePart } from '#kit/file-name.ts';
import type { LogsStore } from '#state/index.ts';
import { type ExportOrder, formats, openSink, type Sink, writeLines } from './export-file.ts';
import { type Outcome, outcomeWords } from './export-outcome.ts';
import { forgetStored } from './stored-file.ts';

export interface Exporting {
  busy: boolean;
  /** How it goes, or how it went. */
  said?: string | undefined;
  run: (order: ExportOrder) => void;
  cancel: () => void;
}

/** Saves every matching line that there is, also those that the panel does not hold. */
export function useExport(store: LogsStore, environment: string): Exporting {
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<Outcome>();
  const life = useRef<AbortController>(undefined);
  useEffect(() => {
    void forgetStored().catch(() => undefined);
    return () => {
      life.current?.abort();
    };
  }, []);

  async function save(order: ExportOrder, signal: AbortSignal): Promise<Outcome> {
    const { filter, format } = order;
    const stamp = new Date().toISOString().slice(0, 19).replaceAll(':', '-');
    const name = `${fileNamePart(environment) || 'quayside'}-logs-${stamp}.${formats[format].extension}`;
    let sink: Sink | undefined;
    try {
      sink = await openSink(order, name);
      if (sink === undefined) return { kind: 'cancelled' };
      return await writeLines(store.getState().all(environment, filter, signal), sink, format, (lines) => {
        setOutcome({ kind: 'going', lines });
      });
    } catch (error) {
      await sink?.abort().catch(() => undefined);
      if (signal.aborted) return { kind: 'cancelled' };
      return { kind: 'failed', reason: error instanceof Error ? error.message : String(error) };
    }
  }

  return {
    busy,
    said: outcome === undefined ? undefined : outcomeWords(outcome),
    run(order) {
      const own = new AbortController();
      life.current?.abort();
      life.current = own;
      setBusy(true);
      void save(order, own.signal).then((end) => {
        if (life.current !== own) return;
        setOutcome(end);
        setBusy(false);
      });
    },
    cancel() {
      life.current?.abort();
    },
  };
}
