import type { Asked, Trace } from '@piko/sdk'
import * as z from 'zod'
import { engineOf, type Looking, nameOf } from '../docker.js'
import { askEngine } from './api.js'
import { readEngine } from './current.js'

const labels = z
  .record(z.string(), z.string())
  .nullish()
  .transform(found => found ?? {})
const containers = z.array(z.object({ Names: z.array(z.string()), State: z.string(), Labels: labels }))
const networks = z.array(z.object({ Name: z.string(), Labels: labels }))
const volumes = z.object({ Volumes: networks.nullable() })

/** Everything on the context's engine with piko's labels. Asked once per engine. */
export async function fetchTraces(context: Looking, asked: Asked): Promise<readonly Trace[]> {
  const engine = engineOf(context) ?? (await readEngine())
  return asked.once(`compose.traces ${nameOf(engine)}`, async () => {
    const [ofContainers, ofNetworks, ofVolumes] = await Promise.all([
      askEngine(context, containers, { path: '/containers/json', query: { all: 'true' }, filters }),
      askEngine(context, networks, { path: '/networks', filters }),
      askEngine(context, volumes, { path: '/volumes', filters }),
    ])
    return [
      ...(ofContainers ?? []).map(({ Names: [name = ''], State: state, Labels }) => ({
        ...traceOf('container', name.replace(/^\//, ''), Labels),
        state,
      })),
      ...(ofNetworks ?? []).map(({ Name, Labels }) => traceOf('network', Name, Labels)),
      ...(ofVolumes?.Volumes ?? []).map(({ Name, Labels }) => traceOf('volume', Name, Labels)),
    ]
  })
}

const filters = { label: ['dev.piko.project', 'dev.piko.environment', 'dev.piko.root'] }

function traceOf(kind: Trace['kind'], name: string, found: Readonly<Record<string, string>>): Trace {
  return {
    kind,
    name,
    project: found['dev.piko.id'],
    projectName: found['dev.piko.project'] ?? '',
    root: found['dev.piko.root'] ?? '',
    environment: found['dev.piko.environment'] ?? '',
  }
}
