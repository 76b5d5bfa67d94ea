import { type Stores, useStore } from '#state/index.ts';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { CopyButton } from '#ui/copy-button.tsx';
import { moment } from '#ui/format.ts';
import { useNow } from '#ui/use-now.ts';
import { t } from '#words/index.ts';
import { Fact } from './fact.tsx';
import css from './settings-page.module.css';
import { hostWords } from './words.ts';

/** Which Quayside this is. */
export function AboutCard({ stores, onDiagnostics }: { stores: Stores; onDiagnostics: () => void }) {
  const hello = useStore(stores.connection, (state) => state.hello);
  const engine = useStore(stores.engine, (state) => state.engine);
  const directory = useStore(stores.project, ({ project }) => project?.directory);
  const now = useNow(false);
  const report = [
    `Quayside ${hello?.version ?? '?'} (${hello?.host ?? '?'})`,
    `Docker Engine ${engine?.version ?? '?'}, API ${engine?.apiVersion ?? '?'}`,
    navigator.userAgent,
  ].join('\n');
  return (
    <Card
      title={t('settings:about.title')}
      aside={<CopyButton text={report} label={t('settings:about.copy')} />}
      footer={
        <Button needs="admin" onClick={onDiagnostics}>
          {t('settings:about.diagnostics')}
        </Button>
      }
    >
      <div className={css['body']}>
        <dl className={css['facts']}>
          <Fact name="Quayside" value={hello?.version} />
          <Fact name={t('settings:about.shownIn')} value={hello === undefined ? undefined : hostWords(hello.host)} />
          <Fact
            name={t('settings:about.started')}
            value={hello === undefined ? undefined : moment(hello.startedAt, now)}
          />
          <Fact name={t('settings:about.folder')} value={directory} mono />
        </dl>
      </div>
    </Card>
  );
}
