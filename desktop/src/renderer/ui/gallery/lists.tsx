import { Button } from '../button.tsx';
import { Card } from '../card.tsx';
import { CodeExcerpt } from '../code-excerpt.tsx';
import { DiffBlock } from '../diff-block.tsx';
import { FactList } from '../fact-list.tsx';
import { KeyList, Keys } from '../keys.tsx';
import { NumberedDetails } from '../numbered-details.tsx';
import { OutputBlock } from '../output-block.tsx';
import { PageBody } from '../page-body.tsx';
import { PageTop } from '../page-top.tsx';
import { StateBadge } from '../state-badge.tsx';
import { StepList } from '../step-list.tsx';
import { TransferList } from '../transfer-list.tsx';
import type { Shelf } from './exhibit.ts';

const steps = [
  { name: 'Pull images', mark: 'done', word: 'done', time: '4.1 s' },
  { name: 'Build images', mark: 'failed', word: 'failed', time: '12 s', messages: ['exit code 3 in line 2'] },
  { name: 'Start services', mark: 'running', word: '1 of 2', time: '3 s' },
  { name: 'Wait until healthy', mark: 'pending', word: 'next', time: '' },
  { name: 'Remove what is left over', mark: 'none', word: 'nothing to do', time: '' },
] as const;

const excerpt = [
  { line: 1, text: 'FROM node:24-bookworm-slim', failing: false },
  {
    line: 2,
    text: 'RUN npm ci --omit=dev && npm cache clean --force && echo a line that is longer than its place',
    failing: true,
  },
  { line: 3, text: 'COPY src src', failing: false },
];

const diff = [
  { kind: 'gap', text: '12 lines' },
  { kind: 'same', text: '# Which version of the images runs.' },
  { kind: 'removed', text: 'VERSION=1.4.2' },
  { kind: 'added', text: 'VERSION=1.4.3' },
] as const;

const transfers = [
  { name: 'backend', what: 'ghcr.io/acme/backend:1.4.3', current: 61_000_000, total: 148_000_000, note: '12 s left' },
  { name: 'frontend', what: 'ghcr.io/acme/frontend:1.4.3', current: 900_000, total: 0, note: 'size not known yet' },
];

const facts = [
  { what: '2 services are recreated', names: 'backend, frontend', note: 'VERSION changed' },
  { what: 'Volumes are kept', names: 'shop-prod_data' },
];

/** What holds and lists other things. */
export const lists: readonly Shelf[] = [
  {
    file: 'page-top',
    wide: true,
    exhibits: [
      {
        name: 'with badge and actions',
        Show: () => (
          <PageTop
            badge={<StateBadge tone="ok" icon="check" word="Healthy" />}
            title="Production runs 1.4.2"
            sentence="2 of 2 services healthy"
            actions={
              <>
                <Button>Stop</Button>
                <Button look="primary">Apply changes</Button>
              </>
            }
          />
        ),
      },
    ],
  },
  {
    file: 'page-body',
    wide: true,
    exhibits: [
      {
        name: 'with a paragraph',
        Show: () => (
          <PageBody>
            <p>Cards stand here, one below the other.</p>
          </PageBody>
        ),
      },
    ],
  },
  {
    file: 'card',
    exhibits: [
      {
        name: 'with aside and footer',
        Show: () => (
          <Card title="Services" aside="2 of 2" footer="Since two hours">
            <p style={{ padding: 'var(--s4)' }}>Whatever the card is about.</p>
          </Card>
        ),
      },
      {
        name: 'alone',
        Show: () => (
          <Card title="About">
            <p style={{ padding: 'var(--s4)' }}>Whatever the card is about.</p>
          </Card>
        ),
      },
    ],
  },
  {
    file: 'step-list',
    exhibits: [{ name: 'every mark', Show: () => <StepList label="Sample steps" steps={steps} /> }],
  },
  {
    file: 'transfer-list',
    exhibits: [{ name: 'with and without size', Show: () => <TransferList transfers={transfers} /> }],
  },
  { file: 'fact-list', exhibits: [{ name: 'with notes', Show: () => <FactList facts={facts} /> }] },
  {
    file: 'code-excerpt',
    exhibits: [{ name: 'a line failed', Show: () => <CodeExcerpt name="Dockerfile" lines={excerpt} /> }],
  },
  {
    file: 'diff-block',
    exhibits: [{ name: 'every kind', Show: () => <DiffBlock label="Sample of a change" lines={diff} /> }],
  },
  {
    file: 'output-block',
    exhibits: [
      {
        name: 'what was printed',
        Show: () => <OutputBlock title="npm ci" text={'added 312 packages\nfound 0 vulnerabilities'} />,
      },
    ],
  },
  {
    file: 'numbered-details',
    exhibits: [
      { name: 'folded', Show: () => <NumberedDetails summary="All 3 steps" lines={['pull', 'create', 'start']} /> },
    ],
  },
  {
    file: 'keys',
    exhibits: [
      { name: 'keys', Show: () => <Keys keys={['Mod+K']} /> },
      {
        name: 'list',
        Show: () => (
          <KeyList
            list={[
              { keys: ['Mod+K'], title: 'Find a page' },
              { keys: ['g', 's'], title: 'Go to Stack' },
            ]}
          />
        ),
      },
    ],
  },
];
