export { ResultPage as Component } from '../../features/result/result-page.tsx'
