import { scaleErrors } from '../errors/scale.js'

/** Requested replicas by service: `["web=3"]` gives `{ web: 3 }`. */
export function parseScale(words: readonly string[], environment: string): Readonly<Record<string, number>> {
  if (words.length === 0) throw scaleErrors.COMPOSE_SCALE_UNCLEAR({ word: 'Nothing', environment })
  return Object.fromEntries(
    words.map(word => {
      const [, service, count] = /^([^=#]+)=(\d{1,2})$/.exec(word) ?? []
      if (service === undefined) throw scaleErrors.COMPOSE_SCALE_UNCLEAR({ word, environment })
      return [service, Number(count)] as const
    }),
  )
}
