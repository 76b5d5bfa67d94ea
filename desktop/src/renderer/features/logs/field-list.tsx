import { Ban, Columns3 } from 'lucide-react';
import { conditionText } from '#kit/query-terms.ts';
import { IconButton } from '#ui/button.tsx';
import { plainText } from '#ui/plain-text.ts';
import { t } from '#words/index.ts';
import css from './line-detail.module.css';
import { type Fields, flatFields, valueText } from './line-fields.ts';

export interface FieldListProps {
  fields: Fields;
  columns: readonly string[];
  onCondition: (condition: string) => void;
  onColumn: (path: string) => void;
}

const longestShown = 400;
const longestEqual = 120;
/** Names that mean something else in a filter than a field of the line. */
const reserved = new Set(['time', 'service', 'container', 'stream', 'id']);

/** What lines have to have to be like this one in a field; nothing where that cannot be asked for. */
export function conditionOn(path: string, value: unknown): string | undefined {
  if (reserved.has(path)) return undefined;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const short = text.length <= longestEqual;
  return conditionText({ name: path, operator: short ? '=' : ':', value: text.slice(0, longestEqual) });
}

/** The fields of a JSON line: a click on a value asks for lines that have it, or for those that have not. */
export function FieldList({ fields, columns, onCondition, onColumn }: FieldListProps) {
  return (
    <ul className={css['fields']} aria-label={t('logs:line.fields')}>
      {[...flatFields(fields)].map(([path, value]) => {
        const name = plainText(path);
        const shown = plainText(valueText(value, longestShown)).split('\n', 1)[0] ?? '';
        const condition = conditionOn(path, value);
        return (
          <li key={path}>
            <bdi className={css['name']}>{name}</bdi>
            {condition === undefined ? (
              <bdi className={css['value']}>{shown}</bdi>
            ) : (
              <button
                type="button"
                className={css['value']}
                title={t('logs:line.only', { condition: plainText(condition) })}
                onClick={() => {
                  onCondition(condition);
                }}
              >
                <bdi>{shown === '' ? t('logs:line.emptyValue') : shown}</bdi>
              </button>
            )}
            {condition === undefined ? null : (
              <IconButton
                icon={Ban}
                label={t('logs:line.leaveOut', { condition: plainText(condition) })}
                onClick={() => {
                  onCondition(`-${condition}`);
                }}
              />
            )}
            <IconButton
              icon={Columns3}
              label={t('logs:line.column', { name })}
              aria-pressed={columns.includes(path)}
              onClick={() => {
                onColumn(path);
              }}
            />
          </li>
        );
      })}
    </ul>
  );
}
