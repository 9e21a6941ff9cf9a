import { isOwned, ownedBy, type Owner } from '../labels.js'
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
  return fetchLabelledRows(context, { labels: ownedBy(owner), isWanted: labels => isOwned(labels, owner) })
}

/** Which of Compose's containers are wanted: those with all of these labels, of which `isWanted` is true. */
export interface Wanted {
  readonly labels: readonly string[]
  isWanted(labels: Readonly<Record<string, string>>): boolean
}

export async function fetchLabelledRows(
  context: Asking,
  { labels, isWanted }: Wanted,
): Promise<readonly Row[]> {
  const filters = { label: ['com.docker.compose.project', ...labels] }
  const question = { path: '/containers/json', query: { all: 'true' }, filters }
  const found = (await askEngine(context, containers, question)) ?? []
  const rows = found.filter(({ Labels }) => isWanted(Labels)).map(rowOf)
  return rows.sort((a, b) => byText(a.service, b.service) || a.replica - b.replica || byText(a.name, b.name))
}

/** The name that users give it: `web`, or `web#2` if the service has several. */
export function addressOf(row: Row, rows: readonly Row[]): string {
  const { service, replica, isOneOff, name } = row
  if (isOneOff) return `${service} (run)`
  const isAlone = !rows.some(other => other.service === service && !other.isOneOff && other.name !== name)
  return isAlone && replica === 1 ? service : `${service}#${replica}`
}

/** Without zod: loading it takes `piko ps` longer than querying the engine. */
const containers: Reader<readonly Listed[]> = {
  parse(response) {
    if (!Array.isArray(response)) throw new TypeError('a list of containers was expected')
    return response.map(requireListed)
  },
}

function requireListed(item: unknown): Listed {
  if (!isListed(item)) throw new TypeError('a container of another shape')
  return item
}

function rowOf({ Id, Names, Image, State, Status, Labels, Ports }: Listed): Row {
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
