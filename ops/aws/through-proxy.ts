import { globalAgent } from 'node:https'

/** `requestHandler` of an SDK client: Node's own agent goes through HTTPS_PROXY (with NODE_USE_ENV_PROXY), the SDK's would not. */
export const throughProxy = { httpsAgent: globalAgent }
