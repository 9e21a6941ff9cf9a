import type { Changes } from '@piko/sdk'
import type { Looking } from '../docker.js'
import { fetchLogLines, plainLine } from '../engine/log-lines.js'
import type { Judged } from './judge.js'

type Context = Looking & Pick<Changes, 'progress'>

const everyMilliseconds = 1000
const longest = 200

/** Says which services are waited for, for how long, and what the first of them has printed last; at most once a second. */
export function makeProgress(context: Context): (judged: readonly Judged[]) => Promise<void> {
  const since = performance.now()
  let next = since
  let last = ''
  return async judged => {
    const now = performance.now()
    if (now < next) return
    const awaited = judged.filter(isAwaited)
    const [first] = awaited
    if (!first) return
    next = now + everyMilliseconds
    const [printed = ''] = await fetchLogLines(context, first.container.id, 1)
    const line = progressLine({
      services: awaited.map(({ container }) => container.service),
      seconds: Math.round((now - since) / 1000),
      printed,
    })
    if (line !== last) context.progress(line)
    last = line
  }
}

/** Pure. "waiting for db, web (12 s): db: LOG: …"; the log line is that of the first one. */
function progressLine(facts: {
  readonly services: readonly string[]
  readonly seconds: number
  readonly printed: string
}): string {
  const names = [...new Set(facts.services)]
  const said = plainLine(facts.printed)
  const whose = names.length > 1 && said !== '' ? `: ${names[0] ?? ''}` : ''
  const text = said === '' ? '' : `: ${said}`
  return `waiting for ${names.join(', ')} (${facts.seconds} s)${whose}${text}`.slice(0, longest)
}

/** Those that do something: one that Compose has not started waits for another one itself. */
function isAwaited({ verdict, container }: Judged): boolean {
  return verdict.state === 'waiting' && (verdict.isUp || container.status === 'restarting')
}
