import type { EngineState } from '#contract/index.ts';
import { Banner } from '#ui/banner.tsx';
import { clock } from '#ui/format.ts';
import css from './notices.module.css';

/** Says that the Docker Engine is not there, why, and what to do; nothing while it is. */
export function EngineBanner({ engine, at }: { engine: EngineState; at: string }) {
  if (engine.state === 'connected' || engine.state === 'connecting') return null;
  const lost = engine.state === 'lost';
  const title = lost
    ? `The Docker Engine stopped answering at ${clock(engine.since, true)}`
    : 'No Docker Engine answers';
  return (
    <Banner tone="bad" title={title}>
      {engine.problem === undefined ? null : <p>{engine.problem.message}</p>}
      {engine.problem?.remedy === undefined ? null : <p className={css['remedy']}>{engine.problem.remedy}</p>}
      <p className={css['small']}>
        {lost ? `What you see below is as of ${clock(at, true)}. ` : ''}
        Quayside keeps trying {engine.endpoint}, which it took from: {engine.source}.
      </p>
    </Banner>
  );
}
