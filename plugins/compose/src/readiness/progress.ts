import type { Changes } from '@piko/sdk'
import type { Looking } from '../docker.js'
import { fetchLogLines, plainLine } from '../engine/log-lines.js'
import type { Judged } from './judge.js'

type Context = Looking & Pick<Changes, 'progress'>

const everyMilliseconds = 1000
const longest = 200

/** Reports the awaited services, the time so far and the last log line of the first one, at most once a second. */
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

/** "waiting for db, web (12 s): db: LOG: …". The log line is that of the first service. Pure. */
function progressLine(facts: {
  readonly services: readonly string[]
  readonly seconds: number
  readonly printed: string
}): string {
  const names = [...new Set(facts.services)]
  const line = plainLine(facts.printed)
  const owner = names.length > 1 && line !== '' ? `: ${names[0] ?? ''}` : ''
  const text = line === '' ? '' : `: ${line}`
  return `waiting for ${names.join(', ')} (${facts.seconds} s)${owner}${text}`.slice(0, longest)
}

/** Whether the container itself is awaited: one that Compose has not started is waiting for another. */
function isAwaited({ verdict, container }: Judged): boolean {
  return verdict.state === 'waiting' && (verdict.isUp || container.status === 'restarting')
}
