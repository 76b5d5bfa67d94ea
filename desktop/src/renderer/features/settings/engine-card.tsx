import { type Stores, useStore } from '#state/index.ts';
import { Card } from '#ui/card.tsx';
import { t, told } from '#words/index.ts';
import { Fact } from './fact.tsx';
import css from './settings-page.module.css';
import { engineChange, engineSentence } from './words.ts';

/** The engine in use: where it is, how it was found, and how another one is chosen. */
export function EngineCard({ stores }: { stores: Stores }) {
  const engine = useStore(stores.engine, (state) => state.engine);
  const online = useStore(stores.connection, ({ status }) => status === 'connected');
  const host = useStore(stores.connection, ({ hello }) => hello?.host);
  return (
    <Card title={t('settings:engine.title')}>
      <div className={css['body']}>
        <p role="status">{engineSentence(engine, online)}</p>
        <dl className={css['facts']}>
          <Fact name={t('settings:engine.address')} value={engine?.endpoint} mono />
          <Fact name={t('settings:engine.source')} value={told(engine?.source)} />
          <Fact name={t('settings:engine.version')} value={engine?.version} />
          <Fact name={t('settings:engine.apiVersion')} value={engine?.apiVersion} />
        </dl>
        {engine?.problem?.remedy === undefined ? null : <p>{told(engine.problem.remedy)}</p>}
        <p className={css['note']}>{engineChange(host)}</p>
      </div>
    </Card>
  );
}
