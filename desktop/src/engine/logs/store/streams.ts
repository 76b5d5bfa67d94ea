/** Stream number of rows that are Quayside's own: restarts, gaps, what the engine says. */
export const MARKER_STREAM = 0;
