import { createContext, useContext } from 'react';

const Utc = createContext(false);

/** Says to everything in it whether times are those of UTC instead of this machine's. */
export const UtcProvider = Utc.Provider;

export const useUtc = (): boolean => useContext(Utc);
