/** Texts of the page that prints several results. */
export const print = {
  title: 'Print results',
  back: 'Back',
  preparing: (done: number, of: number) => `Getting the results ready: ${done} of ${of}`,
  ready: (pages: number) => (pages === 1 ? '1 page is ready.' : `${pages} pages are ready, one for each result.`),
  again: 'Print',
  missing: (ids: string) => `These could not be loaded and are left out: ${ids}`,
  noPicture: (ids: string) => `The pictures of these could not be loaded: ${ids}`,
  nothing: 'No results are chosen',
  nothingHint: 'Choose results in the history, and print them from there.',
  tooMany: (most: number) => `At most ${most} results can be printed at a time; the rest are left out.`,
}
