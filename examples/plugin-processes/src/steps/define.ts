import { defineStep, type StepContext } from '@piko/sdk'
import { join } from 'node:path'
import type { Config } from '../config.js'
import { forgetHistory } from '../history.js'
import { type Definition, definitionOf, folderOf, portKey } from '../process/files.js'

/** Leases a port for each process that needs one, and writes its definition for the supervisor. */
export const defineProcesses = defineStep({
  id: 'processes:define',
  title: 'Assigning ports to processes',
  phase: 'resolve',
  async do(context: StepContext<Config>) {
    const { config, environment, assignPorts, writeFile } = context
    const ports = await assignPorts(
      Object.entries(config).flatMap(([service, { port }]) =>
        port === undefined ? [] : [{ service, port, protocol: 'tcp' as const }],
      ),
    )
    for (const [name, { port: own, ...rest }] of Object.entries(config)) {
      const port = own === undefined ? undefined : ports[portKey(name, own)]
      const definition: Definition = { ...rest, ...(port === undefined ? {} : { port }) }
      const file = definitionOf(join(folderOf(environment), name))
      await writeFile(file, `${JSON.stringify(definition, null, 2)}\n`)
    }
    return { processes: Object.keys(config) }
  },
  async undo(context) {
    forgetHistory(context)
    await context.remove(folderOf(context.environment))
  },
})
