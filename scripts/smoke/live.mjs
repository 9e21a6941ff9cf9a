import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { ROOT } from '../generated/packages.mjs'

/** Runs the demo with an installed piko. */
export function live({ node, command, env }) {
  const version = spawnSync(command, ['--version'], { env, encoding: 'utf8' }).stdout?.trim()
  console.log(`── ${version ?? 'no version'} of ${command}`)
  const { status } = spawnSync(node, [join(ROOT, 'scripts/demo.mjs'), command], { env, stdio: 'inherit' })
  if (status !== 0) throw new Error(`${command} with ${node} did not go through its life`)
}
