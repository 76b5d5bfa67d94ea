/** `logLevel` -> `LOG_LEVEL`. */
export function environmentName(key: string): string {
  return key.replace(/[A-Z]/g, (capital) => `_${capital}`).toUpperCase();
}
