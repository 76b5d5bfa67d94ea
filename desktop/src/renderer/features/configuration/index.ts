export { ConfigurationPage, type ConfigurationPageProps } from './configuration-page.tsx';
