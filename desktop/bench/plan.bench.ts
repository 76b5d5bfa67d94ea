import { action } from '#contract/index.ts';
import { label } from '#engine/stack/index.ts';
import { planUp } from '#engine/stack/plan/up.ts';
import { container, model, observed, service } from '#testing/stack-fixture.ts';
import { median, report } from './support/measure.ts';

/** Planning 500 containers of 100 services: all unchanged, and all to be recreated. */
const services = Array.from({ length: 100 }, (_, index) =>
  service(`s${index}`, {
    scale: 5,
    ...(index === 0 ? {} : { depends_on: { [`s${index - 1}`]: { condition: 'service_started', required: true } } }),
  }),
);
const containers = services.flatMap((of) => [1, 2, 3, 4, 5].map((number) => container(of, number)));
const changed = containers.map((of) => ({ ...of, labels: { ...of.labels, [label.configHash]: 'old' } }));
const images = services.map(({ image }) => image ?? '');
const stack = model(services);
const up = action.parse({ verb: 'up' });

for (const [what, seen] of [
  ['unchanged', observed(containers, images)],
  ['all recreated', observed(changed, images)],
] as const) {
  const times = Array.from({ length: 15 }, () => {
    const begun = performance.now();
    planUp(stack, seen, up);
    return performance.now() - begun;
  });
  report(`plan of 500 containers, ${what}`, median(times), 50, 'ms', `${planUp(stack, seen, up).steps.length} steps`);
}
