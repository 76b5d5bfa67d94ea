import { Eye } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { EnvText, Problem } from '#contract/index.ts';
import type { ConfigurationSlice } from '#state/index.ts';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { ErrorState } from '#ui/error-state.tsx';
import { counted } from '#ui/format.ts';
import { Skeleton } from '#ui/skeleton.tsx';
import { TextArea } from '#ui/text-field.tsx';
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
    <Card title={`${file} as text`} aside={masked === 0 ? undefined : `${counted(masked, 'secret')} masked`}>
      <div className={css['editor']}>
        {problem === undefined ? null : (
          <ErrorState title="The file cannot be shown" message={problem.message} remedy={problem.remedy} />
        )}
        {found === undefined && problem === undefined ? <Skeleton label="Reading the file" lines={6} /> : null}
        {found === undefined ? null : <TextArea label={`Text of ${file}`} value={text} onChange={setText} />}
        {masked === 0 ? null : <p>A secret stays what it is as long as its asterisks are left alone.</p>}
        <div className={css['buttons']}>
          {masked === 0 ? (
            <span />
          ) : (
            <Button look="quiet" icon={Eye} needs="admin" disabled={changed} onClick={reveal}>
              Show secrets
            </Button>
          )}
          <Button look="quiet" onClick={onClose}>
            Close
          </Button>
          <Button
            look="primary"
            needs="admin"
            disabled={!changed}
            onClick={() => {
              onReview(text, found?.revision ?? '');
            }}
          >
            Review
          </Button>
        </div>
      </div>
    </Card>
  );
}
