import { Check, Copy, type LucideIcon } from 'lucide-react';
import { useEffect, useState } from 'react';
import { t } from '#words/index.ts';
import { IconButton } from './button.tsx';

/** Copies a text; says for two seconds that it did. */
export function CopyButton({
  text,
  label,
  icon = Copy,
}: {
  /** A function where the text is made only when it is asked for. */
  text: string | (() => string);
  label: string;
  icon?: LucideIcon;
}) {
  const [outcome, setOutcome] = useState<'copied' | 'refused'>();
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
  const said = outcome === undefined ? label : t(`ui:copy.${outcome}`);
  return <IconButton icon={outcome === 'copied' ? Check : icon} label={said} onClick={copy} />;
}
