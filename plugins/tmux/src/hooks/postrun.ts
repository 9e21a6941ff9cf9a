import type { Hook } from '@oclif/core'
import { hostOf } from '@piko/sdk'

/** `--attach` of `create` and `up`: after all output, attaches the terminal to the session. */
const postrun: Hook.Postrun = async ({ Command, argv, config, result }) => {
  if (Command.id !== 'create' && Command.id !== 'up') return
  const words = argv.includes('--') ? argv.slice(0, argv.indexOf('--')) : argv
  const name = nameIn(result)
  if (!words.includes('--attach') || words.includes('--dry-run') || words.includes('--json') || !name) return
  if (!process.stdin.isTTY || !process.stdout.isTTY) {
    process.stderr.write(
      `! Not attached, since there is no terminal; to attach on one, run \`piko attach ${name}\` on one\n`,
    )
    return
  }
  const host = await hostOf(config)
  try {
    const { goToSession } = await import('../terminal/go.js')
    process.exitCode = await goToSession(host, await host.environment(name))
  } catch (error) {
    process.exitCode = host.fail(error, { json: false })
  }
}

/** Both commands return the environment. */
function nameIn(result: unknown): string | undefined {
  if (typeof result !== 'object' || result === null || !('name' in result)) return undefined
  return typeof result.name === 'string' ? result.name : undefined
}

export default postrun
