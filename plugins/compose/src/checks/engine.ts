import { type Check, detailsOf } from '@piko/sdk'
import type { ComposeConfig } from '../config.js'
import { engineFact } from '../contract.js'
import { lookDocker, nameOf, readEngine } from '../docker.js'
import { engineUnreachable } from '../engine/errors.js'

/** Whether the engine that the environment was made on, else the current one, answers. */
export const engine: Check<ComposeConfig> = {
  id: 'compose:engine',
  title: 'Docker answers',
  gate: 'data',
  async run(context) {
    try {
      const { stdout } = await lookDocker(context, ['version', '--format', '{{.Server.Version}}'])
      return { ok: true, says: `Docker ${stdout.trim()}` }
    } catch (cause) {
      if (!/^TOOL_/.test(detailsOf(cause)?.code ?? '')) throw cause
      const chosen = context.fact(engineFact) ?? (await readEngine(context).catch(() => undefined))
      return { ok: false, problem: engineUnreachable(nameOf(chosen), cause) }
    }
  },
}
