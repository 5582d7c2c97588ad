/** The part of CloudFront's event that the function reads. */
interface ViewerEvent {
  readonly request: { uri: string }
}

/**
 * Runs in CloudFront at each request for the page: a path whose last part has no dot is a screen of the page, so index.html answers. A missing
 * file stays 404, where an error page for 404 would also hide the API's errors (guide 3.3 and 3.5 answer every 404 with index.html).
 * CloudFront wants the name `handler`; it gets this function's own text, so it uses nothing from outside of it.
 */
export function handler(event: ViewerEvent) {
  const request = event.request
  if (!/\.[^/]*$/.test(request.uri)) request.uri = '/index.html'
  return request
}

/** The function as CloudFront gets it. */
export const screenPathCode = `${handler.toString()}\n`
