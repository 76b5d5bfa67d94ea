export { BuildsPage } from './builds-page.tsx';
