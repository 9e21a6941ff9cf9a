import type { Change } from '../contract.js'

/** Lines by service. Changes to the project as a whole come last. */
export function changeLines(changes: readonly Change[]): readonly string[] {
  if (changes.length === 0) return ['Nothing is changed']
  const names = [...new Set(changes.map(({ service }) => service ?? ''))].sort(byNameThenWhole)
  return names.flatMap(name => [
    name === '' ? 'Networks and volumes' : `Service ${name}`,
    ...changes.filter(({ service }) => (service ?? '') === name).map(change => `  ${changeLine(change)}`),
  ])
}

/** "port 80/tcp: 8080 → 127.0.0.1:10180, because a host port can be published once" */
export function changeLine({ what, from, to, because }: Change): string {
  return `${what}: ${from} → ${to}, because ${because}`
}

function byNameThenWhole(a: string, b: string): number {
  if (a === '' || b === '') return a === b ? 0 : a === '' ? 1 : -1
  return a < b ? -1 : 1
}
