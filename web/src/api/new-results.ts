/** Says "added" for each result that this tab has made: lists that were read before do not hold it. */
export const newResults = new EventTarget()
