export { QualityPage as Component } from '../../features/quality/quality-page.tsx'
