import { useRouteContext, useSearch } from '@tanstack/react-router';
import type { Environment, Project } from '#contract/index.ts';
import { type Stores, useStore } from '#state/index.ts';

/** The environment that the address names; else the project's default; else its first. */
export function chosenEnvironment(project: Project | undefined, wanted: string | undefined): Environment | undefined {
  const find = (id: string | undefined) => project?.environments.find((one) => one.id === id);
  return find(wanted) ?? find(project?.defaultEnvironment) ?? project?.environments[0];
}

/** What every page needs: the stores, the project, and the environment that is looked at. */
export function usePanel(): { stores: Stores; project: Project | undefined; environment: Environment | undefined } {
  const stores = useRouteContext({ from: '__root__', select: (context) => context.stores });
  const wanted = useSearch({ from: '__root__', select: ({ env }) => env });
  const project = useStore(stores.project, (state) => state.project);
  return { stores, project, environment: chosenEnvironment(project, wanted) };
}
