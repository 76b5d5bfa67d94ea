export { ActivityPage, type ActivityPageProps } from './activity-page.tsx';
