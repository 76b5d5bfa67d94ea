import { Download, RotateCw } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { DiagnosticsBundle, Environment } from '#contract/index.ts';
import { type Stores, useStore } from '#state/index.ts';
import { Banner } from '#ui/banner.tsx';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { ErrorState } from '#ui/error-state.tsx';
import { bytes, count } from '#ui/format.ts';
import { PageBody } from '#ui/page-body.tsx';
import { PageTop } from '#ui/page-top.tsx';
import { plainText } from '#ui/plain-text.ts';
import { saveFile } from '#ui/save-file.ts';
import { SegmentedControl } from '#ui/segmented-control.tsx';
import { Skeleton } from '#ui/skeleton.tsx';
import { t, told } from '#words/index.ts';
import css from './diagnostics-page.module.css';
import { FileRow } from './file-row.tsx';
import { pack, sizeOf } from './pack.ts';

export interface DiagnosticsPageProps {
  stores: Stores;
  /** Absent where the files of the folder cannot be used. */
  environment: Environment | undefined;
}

const lengths = [100, 500, 2_000];

function Preview({ bundle, shown }: { bundle: DiagnosticsBundle; shown: string | undefined }) {
  const file = bundle.files.find(({ name }) => name === shown) ?? bundle.files[0];
  const text = useRef<HTMLElement>(null);
  useEffect(() => {
    // On a narrow page it stands below the list.
    if (shown !== undefined) text.current?.scrollIntoView({ block: 'nearest' });
  }, [shown]);
  if (file === undefined) return null;
  const label = t('diagnostics:text', { name: file.name });
  return (
    <Card title={file.name} aside={told(file.title)}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard */}
      <section ref={text} className={css['text']} aria-label={label} tabIndex={0} key={file.name}>
        <pre>{plainText(file.text)}</pre>
      </section>
    </Card>
  );
}

interface FilesProps {
  bundle: DiagnosticsBundle;
  /** Names of files that do not go along. */
  left: ReadonlySet<string>;
  onLeft: (left: ReadonlySet<string>) => void;
}

/** How many bytes were saved, or why none were. */
type Saved = { length: number } | { reason: string };

function saidOf(saved: Saved, name: string): string {
  return 'reason' in saved
    ? t('diagnostics:unsaved', { reason: saved.reason })
    : t('diagnostics:saved', { name, bytes: bytes(saved.length) });
}

function Files({ bundle, left, onLeft }: FilesProps) {
  const [shown, setShown] = useState<string>();
  const [saved, setSaved] = useState<Saved>();
  const chosen = bundle.files.filter(({ name }) => !left.has(name));
  const open = bundle.files.find(({ name }) => name === shown) ?? bundle.files[0];
  const size = chosen.reduce((sum, file) => sum + sizeOf(file), 0);
  async function save() {
    try {
      const archive = await pack(chosen, bundle.at);
      saveFile(`${bundle.name}.zip`, 'application/zip', [archive]);
      setSaved({ length: archive.length });
    } catch (error) {
      setSaved({ reason: error instanceof Error ? error.message : String(error) });
    }
  }
  const include = (name: string, included: boolean) => {
    const next = new Set(left);
    if (included) next.delete(name);
    else next.add(name);
    onLeft(next);
    setSaved(undefined);
  };
  return (
    <div className={css['columns']}>
      <Card
        title={t('diagnostics:inBundle')}
        aside={t('diagnostics:size', { files: t('diagnostics:files', { count: chosen.length }), bytes: bytes(size) })}
        footer={
          <>
            <Button look="primary" icon={Download} disabled={chosen.length === 0} onClick={() => void save()}>
              {t('diagnostics:save')}
            </Button>
            <span role="status" className={css['said']}>
              {saved === undefined ? null : saidOf(saved, `${bundle.name}.zip`)}
            </span>
          </>
        }
      >
        <ul className={css['files']}>
          {bundle.files.map((file) => (
            <FileRow
              key={file.name}
              file={file}
              included={!left.has(file.name)}
              shown={file === open}
              onInclude={(included) => {
                include(file.name, included);
              }}
              onShow={() => {
                setShown(file.name);
              }}
            />
          ))}
        </ul>
      </Card>
      <Preview bundle={bundle} shown={shown} />
    </div>
  );
}

/** The page of what is handed to whoever helps: gathered, looked through, saved as one file. */
export function DiagnosticsPage({ stores, environment }: DiagnosticsPageProps) {
  const { bundle, problem, busy, collect } = useStore(stores.diagnostics, (state) => state);
  const [lines, setLines] = useState('500');
  // What was left out stays out when everything is gathered again.
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const id = environment?.id;
  useEffect(() => collect(id, Number(lines)), [collect, id, lines]);
  return (
    <>
      <PageTop
        title={t('diagnostics:title')}
        sentence={t('diagnostics:sentence')}
        actions={
          <Button
            look="quiet"
            icon={RotateCw}
            needs="admin"
            disabled={busy}
            onClick={() => {
              collect(id, Number(lines));
            }}
          >
            {t('diagnostics:gatherAgain')}
          </Button>
        }
      />
      <PageBody>
        <Banner tone="off" title={t('diagnostics:look')}>
          <p>{t('diagnostics:lookNote')}</p>
        </Banner>
        <div className={css['tools']}>
          <span>{t('diagnostics:logLines')}</span>
          <SegmentedControl
            label={t('diagnostics:logLines')}
            segments={lengths.map((length) => ({ id: String(length), title: count(length) }))}
            value={lines}
            onChange={setLines}
          />
        </div>
        {busy ? <Skeleton label={t('diagnostics:gathering')} lines={8} /> : null}
        {problem === undefined ? null : (
          <ErrorState title={t('diagnostics:problem')} message={told(problem.message)} remedy={told(problem.remedy)} />
        )}
        {bundle === undefined ? null : <Files key={bundle.at} bundle={bundle} left={left} onLeft={setLeft} />}
      </PageBody>
    </>
  );
}
