import { FilePlus2, FileText, History } from 'lucide-react';
import type { EnvFile } from '#contract/index.ts';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { counted } from '#ui/format.ts';
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
  const what = role === 'project' ? 'variables of the compose files' : `handed to ${listed(services)}`;
  const both = role === 'project' && services.length > 0 ? `, and handed to ${listed(services)}` : '';
  const state = exists ? '' : ' · not there yet';
  return `${what}${both}${state}${refused === undefined ? '' : ` · only to be read here: ${refused}`}`;
}

/** The env files of an environment: what each is for, and what can be done with it. */
export function FilesCard({ files, example, writable, onCreate, onText, onHistory }: FilesCardProps) {
  return (
    <Card title="Env files" aside={counted(files.length, 'file')}>
      <ul aria-label="Env files">
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
                  Create from {example}
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
                Edit as text
              </Button>
              <Button
                look="quiet"
                icon={History}
                disabled={!open}
                onClick={() => {
                  onHistory(file);
                }}
              >
                Earlier versions
              </Button>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
