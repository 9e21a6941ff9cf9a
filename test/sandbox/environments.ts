import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { PIKO } from './piko.js'

/** Where and how to run piko; by default the one built here. */
export interface Checkout {
  readonly root: string
  readonly env: NodeJS.ProcessEnv
  readonly command?: readonly string[]
}

/** Destroys the environments that a failed run left behind. Returns a line for each that piko could not destroy. */
export function destroyEnvironments({ root, env, command = PIKO }: Checkout): readonly string[] {
  if (!existsSync(join(root, '.piko/state.db'))) return []
  const [program = '', ...words] = command
  const piko = (...more: readonly string[]) =>
    spawnSync(program, [...words, ...more], { cwd: root, env, encoding: 'utf8' })
  const listed = piko('list', '--json')
  if (listed.status !== 0) return [`piko list: ${listed.stderr}`]
  const { environments } = JSON.parse(listed.stdout) as { environments: readonly { name: string }[] }
  return environments.flatMap(({ name }) => {
    const { status, stderr } = piko('destroy', name, '--yes', '--force')
    return status === 0 ? [] : [`${name}: ${stderr}`]
  })
}
