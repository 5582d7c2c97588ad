import type { components, paths } from './schema.d.ts'

export type Analysis = components['schemas']['Analysis']
export type Finding = Analysis['defects'][number]
export type BoundingBox = NonNullable<Analysis['bounding_box']>
export type PhotoFault = Analysis['photo_faults'][number]
export type ReviewReason = NonNullable<Analysis['review_reason']>
export type Verdict = Analysis['verdict']
export type Severity = Analysis['severity']
export type DefectType = Analysis['defect_type']
export type AffectedArea = Analysis['affected_area']
export type Stage = NonNullable<Analysis['probable_stage']>
export type Facility = Analysis['facility']
export type Language = Analysis['language']
export type Ishikawa = NonNullable<Analysis['ishikawa_analysis']>
export type Review = components['schemas']['Review']
export type ReviewedDefect = Review['defects'][number]
export type Explanation = components['schemas']['Explanation']
/** What a person says of causes and actions, as it is sent. */
export type NewExplanation = NonNullable<
  paths['/api/v1/analyses/{defect_id}/explanation']['put']['requestBody']
>['content']['application/json']
export type Effective = components['schemas']['Effective']
/** What a person says of a result, as it is sent. */
export type NewReview =
  paths['/api/v1/analyses/{defect_id}/reviews']['post']['requestBody']['content']['application/json']
export type Problem = components['schemas']['Problem']

export type ApiKey = components['schemas']['ApiKey']
export type Scope = ApiKey['scopes'][number]
export type Translation = components['schemas']['Translation']

type Answer<Path extends keyof paths> = paths[Path] extends {
  get: { responses: { 200: { content: { 'application/json': infer Body } } } }
}
  ? Body
  : never

export type PhotoLimitSettings = Answer<'/api/v1/photo-limits'>
export type Info = Answer<'/api/v1/info'>
export type Usage = Answer<'/api/v1/usage'>
export type Quality = Answer<'/api/v1/quality'>
export type QualityFilters = NonNullable<paths['/api/v1/quality']['get']['parameters']['query']>
export type ReviewThresholds = Answer<'/api/v1/review-thresholds'>
export type ConfidencePreview = Answer<'/api/v1/review-thresholds/preview'>
export type AuditEntry = components['schemas']['AuditEntry']
export type AuditFilters = NonNullable<paths['/api/v1/audit-log.csv']['get']['parameters']['query']>
export type PhotoLimitChange = NonNullable<
  paths['/api/v1/photo-limits']['put']['requestBody']
>['content']['application/json']
export type KeySettings = NonNullable<paths['/api/v1/keys']['post']['requestBody']>['content']['application/json']
export type KeyChange = NonNullable<paths['/api/v1/keys/{id}']['patch']['requestBody']>['content']['application/json']
export type AnalysisList = Answer<'/api/v1/analyses'>
export type HistoryFilters = Omit<
  NonNullable<paths['/api/v1/analyses']['get']['parameters']['query']>,
  'limit' | 'cursor' | 'order'
>
type AnalyzeForm = NonNullable<paths['/api/v1/analyze']['post']['requestBody']>['content']['multipart/form-data']
/** What goes with a photo. */
export type PhotoFields = Omit<AnalyzeForm, 'image'>
export type Statistics = Answer<'/api/v1/statistics'>
export type TargetCheck = components['schemas']['TargetCheck']
export type Truth = Statistics['truth']
export type TrendPoint = Statistics['trend']['points'][number]
export type StatisticsFilters = NonNullable<paths['/api/v1/statistics']['get']['parameters']['query']>
export type InspectedUnits = Answer<'/api/v1/inspected-units'>['inspected_units'][number]
export type BaselineChange = NonNullable<
  paths['/api/v1/chart-baselines']['put']['requestBody']
>['content']['application/json']
export type UnitsChange = NonNullable<
  paths['/api/v1/inspected-units']['put']['requestBody']
>['content']['application/json']
export type FacilityShifts = Answer<'/api/v1/shifts'>['facilities'][number]
export type ShiftTimes = FacilityShifts['shifts'][number]
export type ShiftHoursChange = NonNullable<paths['/api/v1/shifts']['put']['requestBody']>['content']['application/json']
export type ShiftReport = components['schemas']['ShiftReport']
type ReportAnswer = paths['/api/v1/shift-report']['post']['responses'][200]['content']['application/json']
export type PhotoToRetake = NonNullable<ReportAnswer['stored']>['to_retake'][number]
export type StoredReportFilters = NonNullable<paths['/api/v1/shift-report.csv']['get']['parameters']['query']>
