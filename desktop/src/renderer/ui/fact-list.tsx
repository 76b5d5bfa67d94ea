import css from './fact-list.module.css';

export interface Fact {
  what: string;
  /** Names of what it is about. */
  names?: string;
  note?: string;
}

/** Facts one below the other, each with the names that it is about and a note in small print. */
export function FactList({ facts }: { facts: readonly Fact[] }) {
  return (
    <ul className={css['facts']}>
      {facts.map(({ what, names, note }) => (
        <li key={what}>
          <b>{what}</b>
          {names === undefined ? null : <span className={css['names']}>{names}</span>}
          {note === undefined ? null : <span className={css['note']}>{note}</span>}
        </li>
      ))}
    </ul>
  );
}
