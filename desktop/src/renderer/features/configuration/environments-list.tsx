import type { Environment } from '#contract/index.ts';
import { Card } from '#ui/card.tsx';
import { CopyButton } from '#ui/copy-button.tsx';
import { CopyCommand } from '#ui/copy-command.tsx';
import { FactList } from '#ui/fact-list.tsx';
import { StateBadge } from '#ui/state-badge.tsx';
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
    { what: 'Compose files', names: names(files, 'none that can be read here') },
    { what: 'Env files', names: names(envFiles, '.env, where there is one') },
    ...(project === undefined ? [] : [{ what: 'Project name', names: project }]),
    ...(profiles.length === 0 ? [] : [{ what: 'Profiles', names: profiles.join(', ') }]),
    ...(problem === undefined ? [] : [{ what: 'Cannot be used', names: problem.message }]),
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
          aside={environment.id === current.id ? <StateBadge tone="busy" icon="check" word="Shown" /> : undefined}
          footer={<CopyCommand command={environment.command} />}
        >
          <div className={css['body']}>
            <FactList facts={factsOf(environment)} />
          </div>
        </Card>
      ))}
      <Card title="How another environment is made" aside={<CopyButton text={sample} label="Copy the example" />}>
        <div className={css['body']}>
          <p>
            Without a file <code>quayside.yml</code>, environments follow from the names of the compose files:
            docker-compose.dev.yml is Development, docker-compose.prod.yml is Production, compose.yaml is Default. With
            one, they are those that it names:
          </p>
          <pre className={css['sample']}>{sample}</pre>
        </div>
      </Card>
    </>
  );
}
