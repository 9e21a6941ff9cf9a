import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { resolve } from 'node:path'

/** A container of an environment: `piko-PROJECT-ENVIRONMENT-SERVICE-1`. */
export interface Described {
  readonly project: string
  readonly root: string
  readonly environment: string
  readonly service: string
}

/** A container as Docker 28.5 lists and inspects it. */
interface Recorded {
  readonly listed: { readonly Labels: Readonly<Record<string, string>> }
  readonly inspected: { readonly Config: { readonly Labels: Readonly<Record<string, string>> } }
}

/** An engine with these containers, on a socket. It answers as recorded, and can change nothing. */
export async function startRecordedEngine(
  socket: string,
  containers: readonly Described[],
): Promise<{ stop(): void }> {
  const file = resolve('plugins/compose/test/recorded/container.json')
  const recorded = JSON.parse(readFileSync(file, 'utf8')) as Recorded
  const all = containers.map((container, index) => answersFor(recorded, container, index))
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://engine')
    const answer = pathname === '/containers/json' ? listed(all, searchParams) : inspected(all, pathname)
    response.writeHead(answer === undefined ? 404 : 200, { 'Content-Type': 'application/json' })
    response.end(JSON.stringify(answer ?? { message: `No such object: ${pathname}` }))
  })
  await new Promise<void>(listening => server.listen(socket, listening))
  return {
    stop: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}

type Answers = ReturnType<typeof answersFor>

function answersFor({ listed, inspected }: Recorded, container: Described, index: number) {
  const { project, root, environment, service } = container
  const id = (index + 1).toString(16).padStart(64, '0')
  const name = `/piko-${project}-${environment}-${service}-1`
  const labels = {
    'com.docker.compose.project': `piko-${project}-${environment}`,
    'com.docker.compose.service': service,
    'dev.piko.project': project,
    'dev.piko.environment': environment,
    'dev.piko.root': root,
  }
  const Labels = { ...listed.Labels, ...labels }
  return {
    listed: { ...listed, Id: id, Names: [name], Labels },
    inspected: { ...inspected, Id: id, Name: name, Config: { ...inspected.Config, Labels } },
  }
}

function listed(all: readonly Answers[], query: URLSearchParams) {
  const { label = [] } = JSON.parse(query.get('filters') ?? '{}') as { readonly label?: readonly string[] }
  const has = (labels: Readonly<Record<string, string>>, wanted: string) => {
    const [key = '', value] = wanted.split('=')
    return key in labels && (value === undefined || labels[key] === value)
  }
  return all.flatMap(({ listed: { Labels, ...rest } }) =>
    label.every(wanted => has(Labels, wanted)) ? [{ ...rest, Labels }] : [],
  )
}

function inspected(all: readonly Answers[], path: string) {
  return all.find(container => path === `/containers/${container.listed.Id}/json`)?.inspected
}
