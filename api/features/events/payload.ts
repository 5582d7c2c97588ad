import type { AnalysisRow } from '../../../drizzle/schema.ts'

export const CRITICAL_EVENT = 'analysis.critical'

/** JSON body of an event. It has no signed image URL; receivers with access request the picture by its defect_id. */
export function eventPayload(event: { type: string; createdAt: Date }, row: AnalysisRow): string {
  return JSON.stringify({
    type: event.type,
    timestamp: event.createdAt.toISOString(),
    data: {
      defect_id: row.defectId,
      timestamp: row.timestamp.toISOString(),
      facility: row.facility,
      product_sku: row.productSku,
      part_id: row.partId,
      station: row.station,
      line_id: row.lineId,
      shift: row.shift,
      lot: row.lot,
      event_id: row.eventId,
      defect_type: row.defectType,
      severity: row.severity,
      confidence: row.confidence,
      verdict: row.verdict,
      description: row.description,
      affected_area: row.affectedArea,
      bounding_box: row.boundingBox,
      probable_stage: row.probableStage,
      root_cause: row.rootCause,
      corrective_actions: row.correctiveActions ?? [],
      model_version: row.modelVersion,
    },
  })
}
