import { useEffect, useState } from 'react';
import type { EnvForm, Problem } from '#contract/index.ts';
import type { ConfigurationSlice } from '#state/index.ts';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { ErrorState } from '#ui/error-state.tsx';
import { Skeleton } from '#ui/skeleton.tsx';
import { TextField } from '#ui/text-field.tsx';
import { t, told } from '#words/index.ts';
import css from './variables.module.css';

export interface FormCardProps {
  environment: string;
  file: string;
  read: ConfigurationSlice['form'];
  onReview: (set: Record<string, string>) => void;
  onClose: () => void;
}

function noteOf({ description, required, optional }: EnvForm['fields'][number]): string {
  const need = required ? t('configuration:form.required') : optional ? t('configuration:form.optional') : undefined;
  return [description, need].filter(Boolean).join(' ');
}

/** A new env file as a form: what the example says of each variable, to be filled in. */
export function FormCard({ environment, file, read, onReview, onClose }: FormCardProps) {
  const [form, setForm] = useState<EnvForm>();
  const [problem, setProblem] = useState<Problem>();
  const [values, setValues] = useState<Readonly<Record<string, string>>>({});
  useEffect(() => {
    let wanted = true;
    void read(environment).then((answer) => {
      if (!wanted) return;
      if ('value' in answer) setForm(answer.value);
      else setProblem(answer.problem);
    });
    return () => {
      wanted = false;
    };
  }, [read, environment]);
  const fields = form?.fields ?? [];
  const review = () => {
    onReview(
      Object.fromEntries(
        Object.entries(values).filter(([name, value]) =>
          fields.some((one) => one.name === name && (one.optional ? value !== '' : value !== one.value)),
        ),
      ),
    );
  };
  return (
    <Card
      title={t('configuration:form.title', { file })}
      aside={form === undefined ? undefined : t('configuration:form.from', { example: form.example })}
    >
      <div className={css['editor']}>
        {problem === undefined ? null : (
          <ErrorState
            title={t('configuration:form.problem')}
            message={told(problem.message)}
            remedy={told(problem.remedy)}
          />
        )}
        {form === undefined && problem === undefined ? (
          <Skeleton label={t('configuration:form.reading')} lines={6} />
        ) : null}
        <div className={css['fields']}>
          {fields.map((field) => (
            <TextField
              key={field.name}
              label={field.name}
              hidden={field.secret}
              value={values[field.name] ?? (field.optional ? '' : field.value)}
              note={noteOf(field)}
              onChange={(value) => {
                setValues({ ...values, [field.name]: value });
              }}
            />
          ))}
        </div>
        <div className={css['buttons']}>
          <span />
          <Button look="quiet" onClick={onClose}>
            {t('configuration:close')}
          </Button>
          <Button look="primary" needs="admin" disabled={form === undefined} onClick={review}>
            {t('configuration:review')}
          </Button>
        </div>
      </div>
    </Card>
  );
}
