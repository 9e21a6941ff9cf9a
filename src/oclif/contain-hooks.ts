import { Config } from '@oclif/core'
import { visibleText } from '@piko/sdk'

/**
 * Prevents the hooks of a broken plugin from ending other commands: their failures become warnings. oclif creates its
 * configuration itself, so only its class can be patched.
 */
export function containHooks(): void {
  const runHook: Hooks = Reflect.get(Config.prototype, 'runHook')
  const contained: Hooks = async function (this: Config, ...[event, options, timeout, captureErrors]) {
    const isCommon = aroundCommands.has(event)
    const result = await runHook.call(this, event, options, timeout, captureErrors ?? isCommon)
    if (isCommon)
      for (const failed of result.failures) process.stderr.write(`${visibleText(warningOf(event, failed))}\n`)
    return result
  }
  Reflect.set(Config.prototype, 'runHook', contained)
}

type Hooks = (this: Config, ...call: Parameters<Config['runHook']>) => ReturnType<Config['runHook']>

/** Hooks that oclif runs around every command, whichever plugin it belongs to. */
const aroundCommands: ReadonlySet<PropertyKey> = new Set(['init', 'prerun', 'postrun', 'finally'])

function warningOf(
  event: PropertyKey,
  { plugin, error }: { plugin: { name: string; version: string }; error: Error },
): string {
  return `! The ${String(event)} hook of ${plugin.name} ${plugin.version} failed: ${error.message.split('\n', 1)[0]}`
}
