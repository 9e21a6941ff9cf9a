import { type Environment, variableWord } from '@piko/sdk'

/** The URL of an environment or one of its services: by host name, otherwise by port. */
export function findUrl({ variables, ports }: Environment, service: string | undefined): string | undefined {
  const variable = service === undefined ? 'PIKO_URL' : `PIKO_${variableWord(service)}_URL`
  const named = variables[variable]
  if (named !== undefined) return named
  const own = Object.entries(ports).flatMap(([key, port]) => {
    const [, of = '', inner = ''] = /^([^:#]*).*:(\d+)\/tcp$/.exec(key) ?? []
    return of !== '' && (service === undefined || of === service) ? [{ port, inner: Number(inner) }] : []
  })
  const [first] = own.sort((a, b) => rank(a.inner) - rank(b.inner))
  if (!first || (service === undefined && rank(first.inner) === unusual)) return undefined
  return `http://localhost:${first.port}`
}

const unusual = 100
const webPorts = [80, 8080, 3000, 8000, 5173, 4200, 5000, 4000]

function rank(port: number): number {
  const at = webPorts.indexOf(port)
  return at < 0 ? unusual : at
}
