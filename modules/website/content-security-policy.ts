/**
 * What the page may load and call. `apiSources` are the origins of the API, separated by spaces, where it is not the page's own.
 */
export const contentSecurityPolicy = (apiSources: string): string =>
  [
    "default-src 'self'",
    // WebAssembly for HEIC photos; it allows no eval.
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self'",
    `connect-src 'self' ${apiSources}`,
    `img-src 'self' blob: data: ${apiSources}`,
    "worker-src 'self'",
    "manifest-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    'upgrade-insecure-requests',
  ].join('; ')
