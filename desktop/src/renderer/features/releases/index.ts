export { ReleasesPage } from './releases-page.tsx';
export { releaseRows } from './rows.ts';
