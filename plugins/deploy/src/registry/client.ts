import { registryErrors } from '../errors/registries.js'

/** How to reach a registry by its own API. */
export interface Endpoint {
  readonly url: string
  readonly user: string | null
  readonly token: string | undefined
}

export interface RegistryRequest {
  /** "/v2/team/web/tags/list" */
  readonly path: string
  readonly method?: 'GET' | 'HEAD'
  readonly headers?: Readonly<Record<string, string>>
  readonly signal?: AbortSignal | undefined
}

/**
 * Sends a request with the registry's login: basic, or with a token from where the registry says. Throws if the
 * registry does not answer or refuses the login.
 */
export async function askRegistry(endpoint: Endpoint, request: RegistryRequest): Promise<Response> {
  const first = await send(endpoint, request, basic(endpoint))
  const challenge = first.headers.get('www-authenticate') ?? ''
  if (first.status !== 401 || !/^bearer /i.test(challenge)) return refuseIfDenied(endpoint, first)
  return refuseIfDenied(
    endpoint,
    await send(endpoint, request, await fetchBearer(endpoint, challenge, request)),
  )
}

export interface TagList {
  readonly tags: readonly string[]
  readonly etag: string | null
}

/** Every tag of a repository, page by page. Asks only for a change if there is an answer from before. */
export async function fetchTags(
  endpoint: Endpoint,
  repository: string,
  { signal, before }: { readonly signal: AbortSignal; readonly before?: TagList | undefined },
): Promise<TagList> {
  const tags: string[] = []
  const etags: (string | null)[] = []
  const known = before?.etag ?? null
  let path: string | undefined = `/v2/${repository}/tags/list`
  while (path !== undefined) {
    const headers: Readonly<Record<string, string>> = known === null ? {} : { 'if-none-match': known }
    const answer: Response = await askRegistry(endpoint, { path, headers, signal })
    if (answer.status === 304 && before) return before
    if (answer.status === 404) return { tags: [], etag: null }
    if (!answer.ok)
      throw registryErrors.DEPLOY_REGISTRY_ANSWER_INVALID({ registry: endpoint.url, status: answer.status })
    tags.push(...(((await answer.json()) as { tags?: readonly string[] | null }).tags ?? []))
    etags.push(answer.headers.get('etag'))
    path = /<([^>]+)>;\s*rel="next"/.exec(answer.headers.get('link') ?? '')?.[1]
  }
  return { tags, etag: etags.length === 1 ? (etags[0] ?? null) : null }
}

async function send(
  { url }: Endpoint,
  { path, method = 'GET', headers = {}, signal }: RegistryRequest,
  authorization: string | undefined,
): Promise<Response> {
  const limit = AbortSignal.timeout(30_000)
  const options = {
    method,
    headers: { ...headers, ...(authorization === undefined ? {} : { authorization }) },
    signal: signal ? AbortSignal.any([signal, limit]) : limit,
  }
  try {
    return await fetch(new URL(path, url), options)
  } catch (cause) {
    signal?.throwIfAborted()
    throw registryErrors.DEPLOY_REGISTRY_DOWN({ registry: url, name: undefined, cause })
  }
}

async function fetchBearer(endpoint: Endpoint, challenge: string, request: RegistryRequest): Promise<string> {
  const parts = new Map(
    [...challenge.matchAll(/(\w+)="([^"]*)"/g)].map(([, key = '', value = '']) => [key, value]),
  )
  const realm = new URL(parts.get('realm') ?? '', endpoint.url)
  for (const key of ['service', 'scope']) {
    const value = parts.get(key)
    if (value !== undefined) realm.searchParams.set(key, value)
  }
  const where = { ...endpoint, url: realm.href }
  const answer = await send(where, { path: realm.href, signal: request.signal }, basic(endpoint))
  const { token, access_token: access } = answer.ok
    ? ((await answer.json()) as { token?: string; access_token?: string })
    : {}
  return `Bearer ${token ?? access ?? ''}`
}

function refuseIfDenied({ url, user }: Endpoint, answer: Response): Response {
  if (answer.status !== 401 && answer.status !== 403) return answer
  throw registryErrors.DEPLOY_REGISTRY_REFUSED({ registry: url, name: user ?? undefined })
}

function basic({ user, token }: Endpoint): string | undefined {
  if (token === undefined) return undefined
  return `Basic ${Buffer.from(`${user ?? ''}:${token}`).toString('base64')}`
}
