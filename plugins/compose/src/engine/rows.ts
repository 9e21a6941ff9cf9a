import { z } from 'zod'
import { lookDocker, type Looking } from '../docker.js'
import { ownedFilters, type Owner } from '../labels.js'
import { parseLines } from './answer.js'
import { reaching } from './reach.js'

const row = z
  .object({
    service: z.string(),
    replica: z.string(),
    name: z.string(),
    id: z.string(),
    image: z.string(),
    state: z.string(),
    status: z.string(),
    ports: z.string(),
    oneOff: z.string(),
    hash: z.string(),
  })
  .transform(({ replica, oneOff, ...rest }) => ({
    ...rest,
    replica: Number(replica),
    /** Made by `docker compose run`. */
    isOneOff: oneOff === 'True',
  }))

/** What people read about a container, in Docker's words. */
export type Row = z.output<typeof row>

const fields = {
  service: '(.Label "com.docker.compose.service")',
  replica: '(.Label "com.docker.compose.container-number")',
  name: '.Names',
  id: '.ID',
  image: '.Image',
  state: '.State',
  status: '.Status',
  ports: '.Ports',
  oneOff: '(.Label "com.docker.compose.oneoff")',
  hash: '(.Label "com.docker.compose.config-hash")',
}
const template = `{${Object.entries(fields)
  .map(([key, field]) => `"${key}":{{json ${field}}}`)
  .join(',')}}`

/** The containers of an environment as the engine has them, by service and replica. One engine call. */
export async function fetchRows(context: Looking, owner: Owner): Promise<readonly Row[]> {
  const filters = ['--filter', 'label=com.docker.compose.project', ...ownedFilters(owner)]
  const args = ['ps', '-a', '--no-trunc', ...filters, '--format', template]
  const { stdout } = await reaching(context, () => lookDocker(context, args))
  const rows = parseLines(row, { stdout, command: 'docker ps' })
  return [...rows].sort(
    (a, b) => byText(a.service, b.service) || a.replica - b.replica || byText(a.name, b.name),
  )
}

/** How people name it: `web`, or `web#2` where the service has several. */
export function addressOf(row: Row, rows: readonly Row[]): string {
  const { service, replica, isOneOff, name } = row
  if (isOneOff) return `${service} (run)`
  const isAlone = !rows.some(other => other.service === service && !other.isOneOff && other.name !== name)
  return isAlone && replica === 1 ? service : `${service}#${replica}`
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
