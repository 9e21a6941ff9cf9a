/** The interface for plugins that ask the proxy itself. Separate from `./contract` because it takes longer to load. */
export { askProxy } from '../proxy/ask.js'
export type { ProxyResponse } from '../proxy/ask.js'
export { countConnections } from '../proxy/connections.js'
