import { z } from 'zod'
import { lookDocker, type Looking } from '../docker.js'
import { ownedFilters, type Owner } from '../labels.js'
import { parseLines } from './answer.js'

const row = z.object({
  service: z.string(),
  name: z.string(),
  id: z.string(),
  image: z.string(),
  state: z.string(),
  status: z.string(),
  ports: z.string(),
})

/** What people read about a container, in Docker's words. */
export type Row = z.output<typeof row>

const template = [
  '{"service":{{json (.Label "com.docker.compose.service")}}',
  '"name":{{json .Names}},"id":{{json .ID}},"image":{{json .Image}}',
  '"state":{{json .State}},"status":{{json .Status}},"ports":{{json .Ports}}}',
].join(',')

/** The containers of an environment, by service. One engine call. */
export async function fetchRows(context: Looking, owner: Owner): Promise<readonly Row[]> {
  const filters = ['--filter', 'label=com.docker.compose.project', ...ownedFilters(owner)]
  const { stdout } = await lookDocker(context, ['ps', '-a', ...filters, '--format', template])
  const rows = parseLines(row, { stdout, command: 'docker ps' })
  return [...rows].sort((a, b) => (a.service + a.name < b.service + b.name ? -1 : 1))
}
