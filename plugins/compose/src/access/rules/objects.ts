import type { Access } from '@piko/sdk'
import { isAbsolute } from 'node:path'
import type { RawProject } from '../../model/raw.js'
import type { Looking, ProjectRule } from '../rule.js'

/** Networks and volumes that are not the project's own, or that lead to a device, a server or the local network. */
export const objects: ProjectRule = async ({ project, written }, looking) => [
  ...networksOf(project),
  ...(await volumesOf(project, { written, looking })),
]

function networksOf({ networks }: RawProject): readonly Access[] {
  return Object.entries(networks).flatMap(([key, { external, name, driver, driver_opts: options }]) => {
    const says = (what: string) => [{ kind: 'network', message: `The network ${key} ${what}` }]
    if (external) return name === 'none' ? [] : says(`is ${name}, which is not part of the project`)
    if (!ownDrivers.has(driver ?? ''))
      return says(`uses the driver ${driver ?? ''}: ${JSON.stringify(options ?? {})}`)
    return isEmpty(options) ? [] : says(`has the driver options ${JSON.stringify(options)}`)
  })
}

const ownDrivers: ReadonlySet<string> = new Set(['', 'bridge', 'overlay'])

async function volumesOf(
  { volumes }: RawProject,
  { written, looking }: { readonly written: RawProject | undefined; readonly looking: Looking },
): Promise<readonly Access[]> {
  const all = Object.entries(volumes).map(
    async ([key, { external, name, driver = 'local', driver_opts: options }]) => {
      const says = (what: string) => [{ kind: 'volume', message: `The volume ${key} ${what}` }]
      if (external) return says(`is ${name}, which is not part of the project`)
      if (driver !== 'local') return says(`uses the driver ${driver}: ${JSON.stringify(options ?? {})}`)
      if (isEmpty(options) || options?.['type'] === 'tmpfs') return []
      const device = options?.['device'] ?? ''
      if (!isAbsolute(device)) return says(`has the driver options ${JSON.stringify(options)}`)
      const asWritten = written?.volumes[key]?.driver_opts?.['device']
      const outside = await looking.findOutside(device, asWritten)
      return outside === undefined ? [] : says(`is ${outside}`)
    },
  )
  return (await Promise.all(all)).flat()
}

function isEmpty(options: Readonly<Record<string, string>> | null | undefined): boolean {
  return Object.keys(options ?? {}).length === 0
}
