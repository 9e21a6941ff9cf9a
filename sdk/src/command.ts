import { Command } from '@oclif/core'
import { type Host, hostOf } from './host.js'

/**
 * What every command of piko and of its plugins extends: `--json` with a version, errors and exit codes as piko has
 * them. It needs `@oclif/core` 4 beside it, which a plugin with commands has anyway.
 *
 * `run` returns the answer as an object; `this.log` prints the same for people and is silent with `--json`.
 */
export abstract class PikoCommand extends Command {
  static override enableJsonFlag = true
  /** The version of the shape that `--json` prints; raised when a field goes or changes its meaning. */
  static jsonVersion: number | undefined = 1

  protected host(): Promise<Host> {
    return hostOf(this.config)
  }

  override toSuccessJson(result: unknown): unknown {
    const { jsonVersion } = this.ctor as typeof PikoCommand // every subclass of this class has it
    return jsonVersion === undefined ? result : { version: jsonVersion, ...(result as object) }
  }

  override async catch(error: Error & { code?: string }): Promise<void> {
    if (error.code === 'EEXIT') throw error
    const host = await this.host()
    process.exitCode = host.fail(error, { json: this.jsonEnabled() })
  }
}
