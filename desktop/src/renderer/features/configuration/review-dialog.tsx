import type { EnvDraft } from '#contract/index.ts';
import { Banner } from '#ui/banner.tsx';
import { ConfirmDialog } from '#ui/dialog.tsx';
import { DiffBlock } from '#ui/diff-block.tsx';
import { Skeleton } from '#ui/skeleton.tsx';
import { t, told } from '#words/index.ts';
import type { Reviewing } from './use-review.ts';
import { changeWords, listed } from './words.ts';

function describe(draft: EnvDraft): string {
  if (draft.diff.length === 0) return t('configuration:draft.nothing');
  const { services } = draft;
  const changes = changeWords(draft.changes);
  return services.length === 0
    ? t('configuration:draft.noService', { changes })
    : t('configuration:draft.services', { changes, services: listed(services) });
}

function DraftDetails({ draft, conflict }: { draft: EnvDraft; conflict: boolean }) {
  return (
    <>
      {conflict ? (
        <Banner tone="warn" title={t('configuration:draft.conflict', { file: draft.file })}>
          <p>{t('configuration:draft.conflictNote')}</p>
        </Banner>
      ) : null}
      {draft.problems.map(({ message, remedy, line }) => (
        <Banner
          key={message}
          tone="bad"
          title={line === undefined ? t('configuration:draft.refused') : t('configuration:draft.refusedAt', { line })}
        >
          <p>
            {told(message)} {told(remedy)}
          </p>
        </Banner>
      ))}
      {draft.diff.length === 0 ? null : (
        <DiffBlock label={t('configuration:draft.diff', { file: draft.file })} lines={draft.diff} />
      )}
      {draft.notes.map((note) => (
        <p key={note}>{told(note)}</p>
      ))}
      {draft.diff.length === 0 ? null : <p>{t('configuration:draft.kept')}</p>}
    </>
  );
}

/** Shows what a change would do to the file and to the services, before it is saved. */
export function ReviewDialog({ reviewing, onSaved }: { reviewing: Reviewing; onSaved: () => void }) {
  const { review, save, close } = reviewing;
  if (review === undefined) return null;
  const { asked, draft, problem, conflict, saving } = review;
  const description =
    told(problem?.message) ?? (draft === undefined ? t('configuration:draft.workingOut') : describe(draft));
  const usable = draft?.problems.length === 0 && draft.diff.length > 0;
  return (
    <ConfirmDialog
      open
      title={t('configuration:draft.title', { file: asked.file })}
      description={description}
      confirm={t(conflict ? 'configuration:draft.saveAnyway' : 'configuration:draft.save')}
      confirmDisabled={!usable || saving}
      onConfirm={() => {
        void save().then((saved) => {
          if (saved) onSaved();
        });
      }}
      onClose={close}
    >
      {problem?.remedy === undefined ? null : <p>{told(problem.remedy)}</p>}
      {draft === undefined ? null : <DraftDetails draft={draft} conflict={conflict} />}
      {draft === undefined && problem === undefined ? (
        <Skeleton label={t('configuration:draft.changes')} lines={3} />
      ) : null}
    </ConfirmDialog>
  );
}
