import type { Environment } from '#contract/index.ts';
import { Card } from '#ui/card.tsx';
import { CopyButton } from '#ui/copy-button.tsx';
import { CopyCommand } from '#ui/copy-command.tsx';
import { FactList } from '#ui/fact-list.tsx';
import { Filled } from '#ui/filled.tsx';
import { StateBadge } from '#ui/state-badge.tsx';
import { t, told } from '#words/index.ts';
import css from './environments.module.css';

const sample = `environments:
  staging:
    title: Staging
    files: [docker-compose.prod.yml, docker-compose.staging.yml]
    env_files: [.env.staging]
    project: shop-staging
`;

const names = (list: readonly string[], none: string): string => (list.length === 0 ? none : list.join(', '));

function factsOf({ project, files, envFiles, profiles, problem }: Environment) {
  return [
    {
      what: t('configuration:environments.composeFiles'),
      names: names(files, t('configuration:environments.noComposeFiles')),
    },
    {
      what: t('configuration:environments.envFiles'),
      names: names(envFiles, t('configuration:environments.defaultEnvFile')),
    },
    ...(project === undefined ? [] : [{ what: t('configuration:environments.project'), names: project }]),
    ...(profiles.length === 0 ? [] : [{ what: t('configuration:environments.profiles'), names: profiles.join(', ') }]),
    ...(problem === undefined
      ? []
      : [{ what: t('configuration:environments.unusable'), names: told(problem.message) }]),
  ];
}

export interface EnvironmentsListProps {
  environments: readonly Environment[];
  /** The one that is looked at. */
  current: Environment;
}

/** The environments of the folder: what each is made of, and how another one is made. */
export function EnvironmentsList({ environments, current }: EnvironmentsListProps) {
  const all = environments.some(({ id }) => id === current.id) ? environments : [current];
  return (
    <>
      {all.map((environment) => (
        <Card
          key={environment.id}
          title={environment.title}
          aside={
            environment.id === current.id ? (
              <StateBadge tone="busy" icon="check" word={t('configuration:environments.shown')} />
            ) : undefined
          }
          footer={<CopyCommand command={environment.command} />}
        >
          <div className={css['body']}>
            <FactList facts={factsOf(environment)} />
          </div>
        </Card>
      ))}
      <Card
        title={t('configuration:environments.how')}
        aside={<CopyButton text={sample} label={t('configuration:environments.copyExample')} />}
      >
        <div className={css['body']}>
          <p>
            <Filled text={t('configuration:environments.explanation')} parts={{ file: <code>quayside.yml</code> }} />
          </p>
          <pre className={css['sample']}>{sample}</pre>
        </div>
      </Card>
    </>
  );
}
