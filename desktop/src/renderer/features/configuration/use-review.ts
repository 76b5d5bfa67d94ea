import { useState } from 'react';
import type { EnvDraft, Problem } from '#contract/index.ts';
import type { ConfigurationSlice, FileChange } from '#state/index.ts';

/** A change that is looked at before it is saved. */
export interface Review {
  asked: FileChange;
  draft?: EnvDraft;
  problem?: Problem | undefined;
  /** Somebody else was faster: the draft is made on what the file is now. */
  conflict: boolean;
  saving: boolean;
}

export interface Reviewing {
  review: Review | undefined;
  /** Works a change out and shows it. */
  open: (asked: FileChange) => void;
  /** Saves what is shown; resolves with whether it was. */
  save: () => Promise<boolean>;
  close: () => void;
}

type Parts = Pick<ConfigurationSlice, 'draft' | 'save'>;

/** Shows what a change would do, and saves it only when told so. */
export function useReview({ draft, save }: Parts, environment: string): Reviewing {
  const [review, setReview] = useState<Review>();
  const workOut = async (asked: FileChange, conflict: boolean): Promise<void> => {
    const found = await draft(environment, asked);
    const told = 'value' in found ? { draft: found.value } : { problem: found.problem };
    const other = conflict || ('value' in found && found.value.conflict);
    setReview((now) => (now?.asked === asked ? { asked, saving: false, conflict: other, ...told } : now));
  };
  return {
    review,
    open(asked) {
      setReview({ asked, saving: false, conflict: false });
      void workOut(asked, false);
    },
    async save() {
      if (review?.draft === undefined) return false;
      const { asked, draft: shown } = review;
      setReview({ ...review, saving: true, problem: undefined });
      const saved = await save(environment, { ...asked, revision: shown.revision });
      if ('value' in saved) {
        setReview(undefined);
        return true;
      }
      if (saved.problem.code === 'FILE_CHANGED') await workOut(asked, true);
      else setReview({ ...review, saving: false, problem: saved.problem });
      return false;
    },
    close() {
      setReview(undefined);
    },
  };
}
