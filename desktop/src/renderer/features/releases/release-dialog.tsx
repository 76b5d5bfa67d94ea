import { useState } from 'react';
import type { Action, Plan, Release, UntrustedImage } from '#contract/index.ts';
import { type OperationSlice, type ReleasesSlice, riskQuestion, withAgreement } from '#state/index.ts';
import { Agreement } from '#ui/agreement.tsx';
import { Banner } from '#ui/banner.tsx';
import { CopyCommand } from '#ui/copy-command.tsx';
import { ConfirmDialog } from '#ui/dialog.tsx';
import { FactList } from '#ui/fact-list.tsx';
import { NumberedDetails } from '#ui/numbered-details.tsx';
import { plainText } from '#ui/plain-text.ts';
import { Skeleton } from '#ui/skeleton.tsx';
import { TypedConfirmation } from '#ui/typed-confirmation.tsx';
import { t, told } from '#words/index.ts';
import { ComparisonDetails } from './compare-dialog.tsx';
import { commandOf, planFacts } from './plan-words.ts';
import type { ReleaseQuestion } from './release-question.ts';
import { subjectOf } from './release-words.ts';
import { TrustDetails } from './trust-details.tsx';
import { refusalOf, refusalWords } from './trust-words.ts';
import { type ReleasePlan, useReleasePlan } from './use-release-plan.ts';

export interface ReleaseDialogProps {
  environment: string;
  question: ReleaseQuestion;
  releases: readonly Release[];
  preview: OperationSlice['preview'];
  compare: ReleasesSlice['compare'];
  writable: boolean;
  onConfirm: (action: Action) => void;
  onClose: () => void;
}

function describe({ target }: ReleaseQuestion, found: ReleasePlan | undefined): string {
  if (found === undefined) return t('releases:plan.workingOut');
  if (refusalOf(found.problem) !== undefined) return t('releases:trust.untouched');
  if (found.problem !== undefined) return told(found.problem.message);
  return target === undefined
    ? t('releases:plan.together')
    : t('releases:plan.togetherBack', { subject: subjectOf(target.provenance) });
}

function PlanWords({
  plan,
  question,
  releases,
}: {
  plan: Plan;
  question: ReleaseQuestion;
  releases: readonly Release[];
}) {
  return (
    <>
      <FactList facts={planFacts(plan)} />
      <p>{t(question.target === undefined ? 'releases:plan.dataStays' : 'releases:plan.dataNeverBack')}</p>
      {plan.warnings.length === 0 ? null : (
        <Banner tone="warn" title={t('releases:plan.beforeGoingOn')}>
          {plan.warnings.map((warning) => (
            <p key={warning}>{told(warning)}</p>
          ))}
        </Banner>
      )}
      <NumberedDetails
        summary={t('releases:plan.steps', { count: plan.steps.length })}
        lines={plan.steps.map(({ kind, resource }) => `${kind} ${resource}`)}
      />
      <CopyCommand command={commandOf(plan, question.target, releases)} />
    </>
  );
}

/** Why the policy refuses what was to be deployed, and what to do. */
function Refusal({ version, refused }: { version: string; refused: readonly UntrustedImage[] }) {
  const { causes, remedies } = refusalWords(refused);
  return (
    <>
      <Banner tone="bad" title={t('releases:trust.refused', { version })}>
        {causes.map((cause) => (
          <p key={cause}>{plainText(cause)}</p>
        ))}
        {remedies.map((remedy) => (
          <p key={remedy}>{remedy}</p>
        ))}
      </Banner>
      <TrustDetails trusts={Object.fromEntries(refused.map((one) => [one.service, one]))} />
    </>
  );
}

/** Shows in words what a deploy or rollback would do, and does it only when told so. */
export function ReleaseDialog(props: ReleaseDialogProps) {
  const { environment, question, releases, preview, compare, writable, onConfirm, onClose } = props;
  const comparable = releases.some(({ current }) => current);
  const found = useReleasePlan(preview, environment, question.action);
  const [accepted, setAccepted] = useState(false);
  const [agreed, setAgreed] = useState(false);
  const risks = found?.plan === undefined ? undefined : riskQuestion(found.plan);
  const needsWord = found?.unreadable !== undefined;
  const refused = refusalOf(found?.problem);
  const ready = found?.plan !== undefined && (!needsWord || accepted) && (risks === undefined || agreed);
  return (
    <ConfirmDialog
      open
      title={question.title}
      description={describe(question, found)}
      confirm={refused === undefined ? question.confirm : undefined}
      danger={needsWord || risks !== undefined}
      confirmDisabled={!writable || !ready}
      onConfirm={() => {
        if (found !== undefined) onConfirm(withAgreement(found.action, risks));
      }}
      onClose={onClose}
    >
      {found === undefined ? <Skeleton label={t('releases:plan.label')} lines={3} /> : null}
      {/* First, for it is what holds the button back. */}
      {risks === undefined ? null : <Agreement {...risks} onChange={setAgreed} />}
      {found?.plan === undefined ? null : <PlanWords plan={found.plan} question={question} releases={releases} />}
      {found?.plan === undefined || !comparable ? null : (
        <ComparisonDetails environment={environment} to={question.target?.id ?? question.version} compare={compare} />
      )}
      {refused === undefined ? null : <Refusal version={question.version} refused={refused} />}
      {found?.problem?.remedy === undefined || refused !== undefined ? null : <p>{told(found.problem.remedy)}</p>}
      {found?.plan === undefined || !needsWord ? null : (
        <TypedConfirmation
          word={question.version}
          meaning={t('releases:plan.acceptUnreadable')}
          onChange={setAccepted}
        />
      )}
    </ConfirmDialog>
  );
}
