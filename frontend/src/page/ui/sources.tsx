import { FileText, type LucideIcon, Tag } from 'lucide-react';
import { useId, useState } from 'react';
import type { Citation } from '../shop/protocol.ts';
import type { Detail } from './product-dialog.tsx';

const icons: Readonly<Record<Citation['kind'], LucideIcon>> = { product: Tag, article: FileText };

interface SourceProps {
  readonly citation: Citation;
  /** Whether what it opens in place is open; undefined for a product, which opens in a dialog. */
  readonly expanded: boolean | undefined;
  readonly panel: string;
  readonly onOpen: () => void;
}

function Source({ citation: { kind, title }, expanded, panel, onOpen }: SourceProps) {
  const Icon = icons[kind];
  return (
    <button
      type="button"
      className="plain"
      aria-haspopup={expanded === undefined ? 'dialog' : undefined}
      aria-expanded={expanded}
      aria-controls={expanded === true ? panel : undefined}
      onClick={onOpen}
    >
      <Icon aria-hidden="true" size={14} />
      {title}
    </button>
  );
}

interface SourcesProps {
  readonly citations: readonly Citation[];
  readonly onOpen: (detail: Detail) => void;
}

/** What an answer was taken from: a product opens its details, a help page says in place what it is. */
export function Sources({ citations, onOpen }: SourcesProps) {
  const [shown, setShown] = useState<string>();
  const [label, panel] = [useId(), useId()];
  if (citations.length === 0) return null;
  const article = citations.find(({ id }) => id === shown);
  return (
    <div className="sources">
      <span id={label}>Sources</span>
      <ul aria-labelledby={label}>
        {citations.map((citation) => {
          const { id, kind, title } = citation;
          const toggle = () => {
            setShown(id === shown ? undefined : id);
          };
          return (
            <li key={id}>
              <Source
                citation={citation}
                panel={panel}
                expanded={kind === 'article' ? id === shown : undefined}
                onOpen={
                  kind === 'article'
                    ? toggle
                    : () => {
                        onOpen({ id, title });
                      }
                }
              />
            </li>
          );
        })}
      </ul>
      {article && (
        <p id={panel} className="article">
          This answer is taken from the page <strong>{article.title}</strong> of our help pages.
        </p>
      )}
    </div>
  );
}
