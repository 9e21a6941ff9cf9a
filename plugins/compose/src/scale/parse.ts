import { scaleUnclear } from './errors.js'

/** How many replicas are asked for, by service: `["web=3"]` gives `{ web: 3 }`. */
export function parseScale(words: readonly string[], environment: string): Readonly<Record<string, number>> {
  if (words.length === 0) throw scaleUnclear('Nothing', environment)
  return Object.fromEntries(
    words.map(word => {
      const [, service, count] = /^([^=#]+)=(\d{1,2})$/.exec(word) ?? []
      if (service === undefined) throw scaleUnclear(word, environment)
      return [service, Number(count)] as const
    }),
  )
}
