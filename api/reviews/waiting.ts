import { sql } from 'drizzle-orm'

// In plain column names, as the indexes of the schema have the same conditions; each is true or false, never null.

/** A photo that cannot be judged, and that nobody has judged all the same: to be taken again, and no inspected photo. */
const UNUSABLE = "(coalesce(review_reason, '') = 'photo_unusable' and coalesce(reviewed_verdict, 'review') = 'review')"

/** The analyzer leaves it to a person, somebody was unsure, or it was drawn at random; an unusable photo waits for a camera instead. */
const OPEN =
  "(coalesce(reviewed_verdict, '') = 'review' or (reviewed_verdict is null and (verdict = 'review' or random_check)))"

export const unusable = sql.raw(UNUSABLE)

/** Photos to take again. */
export const toRetake = sql.raw(`(not voided and ${UNUSABLE})`)

/** What waits for a person: the one condition of queue, badge, dashboard and lists. */
export const waiting = sql.raw(`(not voided and not ${UNUSABLE} and ${OPEN})`)
