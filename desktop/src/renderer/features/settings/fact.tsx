import css from './settings-page.module.css';

/** One thing that is so, under its name. */
export function Fact({ name, value, mono = false }: { name: string; value: string | undefined; mono?: boolean }) {
  if (value === undefined || value === '') return null;
  return (
    <div>
      <dt>{name}</dt>
      <dd className={mono ? css['mono'] : undefined}>{value}</dd>
    </div>
  );
}
