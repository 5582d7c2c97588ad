/**
 * What other branches bring and pages name already. Once those are merged, delete this file and its three uses: a typing error in one of
 * these names fails then too.
 */
export const coming = {
  targets: ['deploy', 'web-deploy', 'rollback', 'checklist', 'loadtest', 'scan', 'drill'],
  /** Pages of what is not here yet. */
  pages: ['docs/runbooks/alarms/housekeeping-late.md'],
  /** Alarms and variables. */
  names: [
    'wiko-housekeeping-late',
    'IMAGE_SWEEP',
    'AUDIT_RETENTION_DAYS',
    'INGEST_RETENTION_DAYS',
    'EVENT_RETENTION_DAYS',
    'USAGE_RETENTION_DAYS',
  ],
}
