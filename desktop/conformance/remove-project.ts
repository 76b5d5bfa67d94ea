import { removeLabelled } from '#testing/docker-cli.ts';

const tries = 5;

/** Removes all of a project. A tool that failed may have left calls behind that still make something: it is repeated until it goes through. */
export async function removeProject(project: string): Promise<void> {
  for (let left = tries; ; left -= 1) {
    try {
      await removeLabelled(`com.docker.compose.project=${project}`);
      return;
    } catch (error) {
      if (left === 0) throw error;
    }
  }
}
