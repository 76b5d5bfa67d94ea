import { type ReactNode, useState } from 'react';
import { Button } from '../button.tsx';

/** Something that lies over the page, behind a button that opens it. */
export function Opened({ name, children }: { name: string; children: (close: () => void) => ReactNode }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        onClick={() => {
          setOpen(true);
        }}
      >
        Open: {name}
      </Button>
      {open
        ? children(() => {
            setOpen(false);
          })
        : null}
    </>
  );
}
