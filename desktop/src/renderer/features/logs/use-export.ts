import { useEffect, useRef, useState } from 'react';
import type { LogFilter } from '#contract/index.ts';
import { fileNamePart } from '#kit/file-name.ts';
import type { LogsStore } from '#state/index.ts';
import { t } from '#words/index.ts';
import {
  downloadSink,
  type ExportFormat,
  filePicker,
  formats,
  pickedSink,
  type Sink,
  writeLines,
} from './export-file.ts';
import { forgetStored } from './stored-file.ts';

export interface ExportOrder {
  filter: LogFilter;
  format: ExportFormat;
  /** Asks for a file and writes it line by line, where the browser can; else everything is downloaded in one. */
  toFile: boolean;
}

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
  const [said, setSaid] = useState<string>();
  const life = useRef<AbortController>(undefined);
  useEffect(() => {
    void forgetStored().catch(() => undefined);
    return () => {
      life.current?.abort();
    };
  }, []);

  async function save({ filter, format, toFile }: ExportOrder, signal: AbortSignal): Promise<string> {
    const stamp = new Date().toISOString().slice(0, 19).replaceAll(':', '-');
    const name = `${fileNamePart(environment) || 'quayside'}-logs-${stamp}.${formats[format].extension}`;
    const pick = toFile ? filePicker() : undefined;
    let sink: Sink | undefined;
    try {
      sink = pick === undefined ? await downloadSink(name, format) : await pickedSink(pick, name, format);
      if (sink === undefined) return t('logs:export.cancelled');
      return await writeLines(store.getState().all(environment, filter, signal), sink, format, (soFar) => {
        setSaid(t('logs:export.progress', { lines: soFar }));
      });
    } catch (error) {
      await sink?.abort().catch(() => undefined);
      if (signal.aborted) return t('logs:export.cancelled');
      return t('logs:export.failed', { reason: error instanceof Error ? error.message : String(error) });
    }
  }

  return {
    busy,
    said,
    run(order) {
      const own = new AbortController();
      life.current?.abort();
      life.current = own;
      setBusy(true);
      void save(order, own.signal).then((outcome) => {
        if (life.current !== own) return;
        setSaid(outcome);
        setBusy(false);
      });
    },
    cancel() {
      life.current?.abort();
    },
  };
}
