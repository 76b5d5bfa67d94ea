import { FilePlus2, FileText, History } from 'lucide-react';
import type { EnvFile } from '#contract/index.ts';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { t, told } from '#words/index.ts';
import css from './variables.module.css';
import { listed } from './words.ts';

export interface FilesCardProps {
  files: readonly EnvFile[];
  example: string | undefined;
  writable: boolean;
  onCreate: (file: EnvFile) => void;
  onText: (file: EnvFile) => void;
  onHistory: (file: EnvFile) => void;
}

function roleWords({ role, services, exists, refused }: EnvFile): string {
  const forCompose = t(services.length > 0 ? 'configuration:files.both' : 'configuration:files.forCompose', {
    services: listed(services),
  });
  return [
    role === 'project' ? forCompose : t('configuration:files.handed', { services: listed(services) }),
    ...(exists ? [] : [t('configuration:files.absent')]),
    ...(refused === undefined ? [] : [t('configuration:files.refused', { reason: told(refused) })]),
  ].join(' · ');
}

/** The env files of an environment: what each is for, and what can be done with it. */
export function FilesCard({ files, example, writable, onCreate, onText, onHistory }: FilesCardProps) {
  return (
    <Card title={t('configuration:files.title')} aside={t('configuration:files.count', { count: files.length })}>
      <ul aria-label={t('configuration:files.title')}>
        {files.map((file) => {
          const open = writable && file.refused === undefined;
          const fromExample = !file.exists && example !== undefined && file.role === 'project';
          return (
            <li key={file.file} className={css['file']} aria-label={file.file}>
              <span>
                <code>{file.file}</code>
                <small className={css['note']}>{roleWords(file)}</small>
              </span>
              {fromExample ? (
                <Button
                  look="primary"
                  icon={FilePlus2}
                  needs="admin"
                  disabled={!open}
                  onClick={() => {
                    onCreate(file);
                  }}
                >
                  {t('configuration:files.create', { example })}
                </Button>
              ) : null}
              <Button
                icon={FileText}
                needs="admin"
                disabled={!open}
                onClick={() => {
                  onText(file);
                }}
              >
                {t('configuration:files.edit')}
              </Button>
              <Button
                look="quiet"
                icon={History}
                disabled={!open}
                onClick={() => {
                  onHistory(file);
                }}
              >
                {t('configuration:files.earlier')}
              </Button>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
