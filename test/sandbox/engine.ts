import { spawnSync } from 'node:child_process'

/** How `docker` lists and removes each kind of object, in removal order. */
export const objectKinds = [
  {
    kind: 'containers',
    list: ['ps', '--all', '--format', '{{.Names}}'],
    remove: ['rm', '--force', '--volumes'],
  },
  { kind: 'networks', list: ['network', 'ls', '--format', '{{.Name}}'], remove: ['network', 'rm'] },
  { kind: 'volumes', list: ['volume', 'ls', '--format', '{{.Name}}'], remove: ['volume', 'rm', '--force'] },
] as const

/** Whether an engine responds and `docker compose` is installed. */
export function hasEngine(env: NodeJS.ProcessEnv = process.env): boolean {
  const isWell = (...words: readonly string[]) =>
    spawnSync('docker', words, { env, stdio: 'ignore' }).status === 0
  return isWell('version') && isWell('compose', 'version')
}

/** Removes the containers, networks and volumes with a label (`dev.piko.root=/path`), ignoring failures. */
export function removeLabelled(label: string, env: NodeJS.ProcessEnv = process.env): void {
  for (const { list, remove } of objectKinds) {
    const { stdout } = spawnSync('docker', [...list, '--filter', `label=${label}`], { env, encoding: 'utf8' })
    const names = (stdout ?? '').split('\n').filter(name => name !== '')
    if (names.length > 0) spawnSync('docker', [...remove, ...names], { env, stdio: 'ignore' })
  }
}
