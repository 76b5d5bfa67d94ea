import { Eye } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { EnvText, Problem } from '#contract/index.ts';
import type { ConfigurationSlice } from '#state/index.ts';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { ErrorState } from '#ui/error-state.tsx';
import { Skeleton } from '#ui/skeleton.tsx';
import { TextArea } from '#ui/text-field.tsx';
import { t, told } from '#words/index.ts';
import css from './variables.module.css';

export interface TextCardProps {
  environment: string;
  file: string;
  read: ConfigurationSlice['text'];
  onReview: (text: string, revision: string) => void;
  onClose: () => void;
}

/** The whole env file as a text. Masked secrets stay as they are where their mask is left alone. */
export function TextCard({ environment, file, read, onReview, onClose }: TextCardProps) {
  const [found, setFound] = useState<EnvText>();
  const [problem, setProblem] = useState<Problem>();
  const [text, setText] = useState('');
  useEffect(() => {
    let wanted = true;
    void read(environment, file, false).then((answer) => {
      if (!wanted) return;
      if ('problem' in answer) setProblem(answer.problem);
      else {
        setFound(answer.value);
        setText(answer.value.text);
      }
    });
    return () => {
      wanted = false;
    };
  }, [read, environment, file]);
  const reveal = () => {
    void read(environment, file, true).then((answer) => {
      if ('problem' in answer) setProblem(answer.problem);
      else {
        setFound(answer.value);
        setText(answer.value.text);
      }
    });
  };
  const masked = found?.masked ?? 0;
  const changed = found !== undefined && text !== found.text;
  return (
    <Card
      title={t('configuration:text.title', { file })}
      aside={masked === 0 ? undefined : t('configuration:text.masked', { count: masked })}
    >
      <div className={css['editor']}>
        {problem === undefined ? null : (
          <ErrorState
            title={t('configuration:text.problem')}
            message={told(problem.message)}
            remedy={told(problem.remedy)}
          />
        )}
        {found === undefined && problem === undefined ? (
          <Skeleton label={t('configuration:text.reading')} lines={6} />
        ) : null}
        {found === undefined ? null : (
          <TextArea label={t('configuration:text.label', { file })} value={text} onChange={setText} />
        )}
        {masked === 0 ? null : <p>{t('configuration:text.asterisks')}</p>}
        <div className={css['buttons']}>
          {masked === 0 ? (
            <span />
          ) : (
            <Button look="quiet" icon={Eye} needs="admin" disabled={changed} onClick={reveal}>
              {t('configuration:text.showSecrets')}
            </Button>
          )}
          <Button look="quiet" onClick={onClose}>
            {t('configuration:close')}
          </Button>
          <Button
            look="primary"
            needs="admin"
            disabled={!changed}
            onClick={() => {
              onReview(text, found?.revision ?? '');
            }}
          >
            {t('configuration:review')}
          </Button>
        </div>
      </div>
    </Card>
  );
}
