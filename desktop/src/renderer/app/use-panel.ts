import { useRouteContext, useSearch } from '@tanstack/react-router';
import { useSyncExternalStore } from 'react';
import type { Environment, Problem, Project } from '#contract/index.ts';
import { type OpenedOther, type Stores, useStore } from '#state/index.ts';
import { onWording, wording } from '#words/index.ts';

/** What the address names, as far as it is known. */
export interface Panel {
  stores: Stores;
  project: Project | undefined;
  /** The environment that is looked at: of the open folder, or what stands for another project on the engine. */
  environment: Environment | undefined;
  /** Id of the other project that the address names. */
  other: string | undefined;
  /** Why that one cannot be shown. */
  problem: Problem | undefined;
}

/** Whether an environment of the address is a project that is not of the open folder. */
export const isOther = (id: string | undefined): boolean => id?.startsWith('engine:') === true;

/** The environment that the address names; else the project's default; else its first. */
export function chosenEnvironment(project: Project | undefined, wanted: string | undefined): Environment | undefined {
  const find = (id: string | undefined) => project?.environments.find((one) => one.id === id);
  return find(wanted) ?? find(project?.defaultEnvironment) ?? project?.environments[0];
}

/**
 * What every page needs: the stores, the project, and the environment that is looked at. Draws whoever asks, and so the frame
 * and each page, anew in other words.
 */
export function usePanel(): Panel {
  useSyncExternalStore(onWording, wording);
  const stores = useRouteContext({ from: '__root__', select: (context) => context.stores });
  const wanted = useSearch({ from: '__root__', select: ({ env }) => env });
  const project = useStore(stores.project, (state) => state.project);
  const opened: OpenedOther | undefined = useStore(stores.others, (state) => state.opened[wanted ?? '']);
  if (wanted === undefined || !isOther(wanted)) {
    return { stores, project, environment: chosenEnvironment(project, wanted), other: undefined, problem: undefined };
  }
  return { stores, project, environment: opened?.environment, other: wanted, problem: opened?.problem };
}
