import type { PullView } from '#state/index.ts';
import { bytes } from '#ui/format.ts';
import { Progress } from '#ui/progress.tsx';
import css from './operation-card.module.css';

/** One image that comes from a registry, with its bytes. */
export function PullRow({ pull }: { pull: PullView }) {
  const { service, image, current, total, layers, layersDone } = pull;
  const amount = total > 0 ? `${bytes(current)} of ${bytes(total)}` : bytes(current);
  return (
    <li className={css['pull']}>
      <span className={css['pullName']} title={image}>
        {service} <span className={css['quiet']}>{image}</span>
      </span>
      <Progress label={`Download of ${image}`} value={total > 0 ? current / total : undefined} text={amount} />
      <span className={css['quiet']}>
        {amount} · {layersDone} of {layers} layers
      </span>
    </li>
  );
}
