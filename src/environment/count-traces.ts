import { shellWord, type Trace } from '@piko/sdk'

/** `2 containers, one network` */
export function countText(traces: readonly Trace[]): string {
  const texts = (['container', 'network', 'volume'] as const).flatMap(kind => {
    const count = traces.filter(trace => trace.kind === kind).length
    return count === 0 ? [] : [count === 1 ? `one ${kind}` : `${count} ${kind}s`]
  })
  return texts.join(', ')
}

/** The command that removes them. */
export function removalOf(traces: readonly Trace[]): string {
  const parts = commands.flatMap(([kind, command]) => {
    const names = traces.filter(trace => trace.kind === kind).map(({ name }) => shellWord(name))
    return names.length === 0 ? [] : [`${command} ${names.join(' ')}`]
  })
  return parts.join(' && ')
}

const commands = [
  ['container', 'docker rm --force'],
  ['network', 'docker network rm'],
  ['volume', 'docker volume rm'],
] as const
