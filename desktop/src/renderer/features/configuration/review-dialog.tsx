import type { EnvDraft } from '#contract/index.ts';
import { Banner } from '#ui/banner.tsx';
import { ConfirmDialog } from '#ui/dialog.tsx';
import { DiffBlock } from '#ui/diff-block.tsx';
import { Skeleton } from '#ui/skeleton.tsx';
import type { Reviewing } from './use-review.ts';
import { changeWords, listed } from './words.ts';

function describe(draft: EnvDraft): string {
  if (draft.diff.length === 0) return 'Nothing changes: the file says so already.';
  const { services } = draft;
  const where =
    services.length === 0 ? 'No service gets another configuration' : `Another configuration for ${listed(services)}`;
  return `${changeWords(draft.changes)}. ${where}.`;
}

function DraftDetails({ draft, conflict }: { draft: EnvDraft; conflict: boolean }) {
  return (
    <>
      {conflict ? (
        <Banner tone="warn" title={`${draft.file} was changed by somebody else in the meantime`}>
          <p>Nothing is lost: below is what it says now, and what would become of it.</p>
        </Banner>
      ) : null}
      {draft.problems.map(({ message, remedy, line }) => (
        <Banner
          key={message}
          tone="bad"
          title={line === undefined ? 'It cannot be saved' : `It cannot be saved: line ${line}`}
        >
          <p>
            {message} {remedy}
          </p>
        </Banner>
      ))}
      {draft.diff.length === 0 ? null : <DiffBlock label={`Changes of ${draft.file}`} lines={draft.diff} />}
      {draft.notes.map((note) => (
        <p key={note}>{note}</p>
      ))}
      {draft.diff.length === 0 ? null : <p>What the file was before is kept, and can be brought back.</p>}
    </>
  );
}

/** Shows what a change would do to the file and to the services, before it is saved. */
export function ReviewDialog({ reviewing, onSaved }: { reviewing: Reviewing; onSaved: () => void }) {
  const { review, save, close } = reviewing;
  if (review === undefined) return null;
  const { asked, draft, problem, conflict, saving } = review;
  const description = problem?.message ?? (draft === undefined ? 'Working out what it would change…' : describe(draft));
  const usable = draft?.problems.length === 0 && draft.diff.length > 0;
  return (
    <ConfirmDialog
      open
      title={`Save ${asked.file}?`}
      description={description}
      confirm={conflict ? 'Save all the same' : 'Save'}
      confirmDisabled={!usable || saving}
      onConfirm={() => {
        void save().then((saved) => {
          if (saved) onSaved();
        });
      }}
      onClose={close}
    >
      {problem?.remedy === undefined ? null : <p>{problem.remedy}</p>}
      {draft === undefined ? null : <DraftDetails draft={draft} conflict={conflict} />}
      {draft === undefined && problem === undefined ? <Skeleton label="Changes" lines={3} /> : null}
    </ConfirmDialog>
  );
}
