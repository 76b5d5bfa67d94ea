export { HealthPage, type HealthPageProps } from './health-page.tsx';
