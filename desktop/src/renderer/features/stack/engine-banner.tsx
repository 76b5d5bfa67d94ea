import type { EngineState } from '#contract/index.ts';
import { Banner } from '#ui/banner.tsx';
import { clock } from '#ui/format.ts';
import { t, told } from '#words/index.ts';
import css from './notices.module.css';

/**
 * Says that the Docker Engine is not there, why, and what to do; nothing while it is. `at`: when what is shown was seen, where that
 * came from the engine.
 */
export function EngineBanner({ engine, at }: { engine: EngineState; at: string | undefined }) {
  if (engine.state === 'connected' || engine.state === 'connecting') return null;
  const lost = engine.state === 'lost';
  const title = lost ? t('stack:engineLost', { time: clock(engine.since, true) }) : t('stack:noEngine');
  return (
    <Banner tone="bad" title={title}>
      {engine.problem === undefined ? null : <p>{told(engine.problem.message)}</p>}
      {engine.problem?.remedy === undefined ? null : <p className={css['remedy']}>{told(engine.problem.remedy)}</p>}
      <p className={css['small']}>
        {lost && at !== undefined ? `${t('stack:seenAsOf', { time: clock(at, true) })} ` : ''}
        {t('stack:keepsTrying', { endpoint: engine.endpoint, source: told(engine.source) })}
      </p>
    </Banner>
  );
}
