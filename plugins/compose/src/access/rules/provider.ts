import type { ServiceRule } from '../rule.js'

/** Compose runs a provider as a program of this machine, in the worktree. */
export const provider: ServiceRule = ({ service, raw }) => {
  if (!raw.provider) return Promise.resolve([])
  const { type, options } = raw.provider
  const given = options === undefined ? '' : ` with ${JSON.stringify(options)}`
  const message = `Service ${service} runs the program ${type} on this machine${given}`
  return Promise.resolve([{ kind: 'provider', message, service, runsBranch: true }])
}
