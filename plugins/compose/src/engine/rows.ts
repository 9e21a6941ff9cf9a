import { ownedBy, type Owner } from '../labels.js'
import { type Asking, askEngine, type Reader } from './api.js'
import { type Port, portsText } from './ports-text.js'

/** What `piko ps` prints about a container, in Docker's words. */
export interface Row {
  readonly service: string
  /** Counted from 1 within the service. */
  readonly replica: number
  readonly name: string
  readonly id: string
  readonly image: string
  readonly state: string
  readonly status: string
  readonly ports: string
  /** Created by `docker compose run`. */
  readonly isOneOff: boolean
}

/** An environment's containers, sorted by service and replica. One engine call. */
export function fetchRows(context: Asking, owner: Owner): Promise<readonly Row[]> {
  return fetchLabelledRows(context, ownedBy(owner))
}

/** The same for Compose's containers with all of these labels. */
export async function fetchLabelledRows(context: Asking, labels: readonly string[]): Promise<readonly Row[]> {
  const filters = { label: ['com.docker.compose.project', ...labels] }
  const question = { path: '/containers/json', query: { all: 'true' }, filters }
  const found = (await askEngine(context, rows, question)) ?? []
  return [...found].sort(
    (a, b) => byText(a.service, b.service) || a.replica - b.replica || byText(a.name, b.name),
  )
}

/** The name that users give it: `web`, or `web#2` if the service has several. */
export function addressOf(row: Row, rows: readonly Row[]): string {
  const { service, replica, isOneOff, name } = row
  if (isOneOff) return `${service} (run)`
  const isAlone = !rows.some(other => other.service === service && !other.isOneOff && other.name !== name)
  return isAlone && replica === 1 ? service : `${service}#${replica}`
}

/** Without zod: loading it takes `piko ps` longer than querying the engine. */
const rows: Reader<readonly Row[]> = {
  parse(response) {
    if (!Array.isArray(response)) throw new TypeError('a list of containers was expected')
    return response.map(rowOf)
  },
}

function rowOf(item: unknown): Row {
  if (!isListed(item)) throw new TypeError('a container of another shape')
  const { Id, Names, Image, State, Status, Labels, Ports } = item
  return {
    service: Labels['com.docker.compose.service'] ?? '',
    replica: Number(Labels['com.docker.compose.container-number']),
    name: (Names[0] ?? '').replace(/^\//, ''),
    id: Id,
    image: Image,
    state: State,
    status: Status,
    ports: portsText(Ports),
    isOneOff: Labels['com.docker.compose.oneoff'] === 'True',
  }
}

interface Listed {
  readonly Id: string
  readonly Names: readonly string[]
  readonly Image: string
  readonly State: string
  readonly Status: string
  readonly Labels: Readonly<Record<string, string>>
  readonly Ports: readonly Port[]
}

function isListed(item: unknown): item is Listed {
  if (typeof item !== 'object' || item === null) return false
  const { Id, Names, Image, State, Status, Labels, Ports } = item as Readonly<Record<string, unknown>>
  const hasTexts = [Id, Image, State, Status].every(value => typeof value === 'string')
  return (
    hasTexts && Array.isArray(Names) && Array.isArray(Ports) && typeof Labels === 'object' && Labels !== null
  )
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
