import { registerHooks } from 'node:module';

const double = new URL('./electron.ts', import.meta.url).href;

/** Loaded with --import before the app's own main bundle, which then finds the double under the name `electron`. */
registerHooks({
  resolve(specifier, context, next) {
    if (specifier === 'electron' || specifier === 'electron/main') return { url: double, shortCircuit: true };
    return next(specifier, context);
  },
});
