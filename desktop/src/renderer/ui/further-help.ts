import { createContext } from 'react';

/** Leads to what can be handed to whoever helps; nothing where that page is not to be had or is the one shown. */
export const FurtherHelp = createContext<(() => void) | undefined>(undefined);
