import { failure } from '@piko/sdk'
import * as z from 'zod'
import { type Asking, askEngine, type RegistryLogin, tellEngine } from './api.js'

/** Images between an engine and registries, with a login that Docker's own configuration need not have. */
export interface Transfer {
  /** `host/name:tag` or `host/name@sha256:…` */
  readonly reference: string
  readonly login?: RegistryLogin | undefined
  onLine?(line: string): void
}

const described = z.object({ Descriptor: z.object({ digest: z.string() }) })

/** The digest that a tag has in its registry, as the engine sees it. Undefined if there is no such tag. */
export async function fetchDigest(
  context: Asking,
  { reference, login }: Transfer,
): Promise<string | undefined> {
  const answer = await askEngine(context, described, { path: `/distribution/${reference}/json`, login })
  return answer?.Descriptor.digest
}

export function pullWithLogin(context: Asking, transfer: Transfer): Promise<void> {
  const [name, digest] = transfer.reference.split('@')
  const { repository, tag } = splitTag(name ?? '')
  const query = { fromImage: repository, tag: digest ?? tag ?? 'latest' }
  return stream(context, { path: '/images/create', query }, transfer)
}

export function pushWithLogin(context: Asking, transfer: Transfer): Promise<void> {
  const { repository, tag = 'latest' } = splitTag(transfer.reference)
  return stream(context, { path: `/images/${repository}/push`, query: { tag } }, transfer)
}

/** A registry's port is not a tag: `127.0.0.1:5000/web`. */
function splitTag(name: string): { readonly repository: string; readonly tag: string | undefined } {
  const at = name.lastIndexOf(':')
  if (at < 0 || name.includes('/', at)) return { repository: name, tag: undefined }
  return { repository: name.slice(0, at), tag: name.slice(at + 1) }
}

const progress = z.object({
  status: z.string().optional(),
  id: z.string().optional(),
  error: z.string().optional(),
})

/** The engine answers 200 before it begins, and reports a failure in the last line. */
async function stream(
  context: Asking,
  asked: { readonly path: string; readonly query: Readonly<Record<string, string>> },
  { reference, login, onLine = () => undefined }: Transfer,
): Promise<void> {
  let rest = ''
  let error: string | undefined
  await tellEngine(context, { ...asked, login: login ?? anonymous }, chunk => {
    const lines = `${rest}${chunk.toString()}`.split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines.filter(text => text.trim() !== '')) {
      const { data } = progress.safeParse(JSON.parse(line))
      error ??= data?.error
      if (data?.status !== undefined && data.error === undefined)
        onLine([data.id, data.status].filter(Boolean).join(' '))
    }
  })
  if (error !== undefined)
    throw failure({ code: 'COMPOSE_TRANSFER_FAILED', message: `${reference}: ${error}`, kind: 'tool' })
}

/** The engine refuses a push without any login. */
const anonymous: RegistryLogin = { username: '', password: '', serveraddress: '' }
