import { z } from 'zod';

// Has to run before any schema is made: zod probes `new Function` at construction, which the page's policy forbids.
z.config({ jitless: true });
