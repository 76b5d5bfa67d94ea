import { Check, Copy, type LucideIcon } from 'lucide-react';
import { useEffect, useState } from 'react';
import { t } from '#words/index.ts';
import { IconButton } from './button.tsx';

type Outcome = 'copied' | 'refused';

interface CopyFaceProps {
  label: string;
  icon?: LucideIcon | undefined;
  /** What came of the last press, for a while. */
  outcome: Outcome | undefined;
  onClick: () => void;
}

/** How the button looks, and what it is called. */
export function CopyFace({ label, icon = Copy, outcome, onClick }: CopyFaceProps) {
  const said = outcome === undefined ? label : t(`ui:copy.${outcome}`);
  return <IconButton icon={outcome === 'copied' ? Check : icon} label={said} onClick={onClick} />;
}

/** Copies a text; says for two seconds that it did. */
export function CopyButton({
  text,
  label,
  icon,
}: {
  /** A function where the text is made only when it is asked for. */
  text: string | (() => string);
  label: string;
  icon?: LucideIcon;
}) {
  const [outcome, setOutcome] = useState<Outcome>();
  useEffect(() => {
    if (outcome === undefined) return undefined;
    const timer = setTimeout(() => {
      setOutcome(undefined);
    }, 2000);
    return () => {
      clearTimeout(timer);
    };
  }, [outcome]);
  const copy = () => {
    navigator.clipboard.writeText(typeof text === 'string' ? text : text()).then(
      () => {
        setOutcome('copied');
      },
      () => {
        setOutcome('refused');
      },
    );
  };
  return <CopyFace label={label} icon={icon} outcome={outcome} onClick={copy} />;
}
