import { setMaxListeners } from 'node:events'
import { request } from 'node:http'
import { dialDocker, engineOf, type Looking, nameOf } from '../docker.js'
import { engineErrors } from '../errors/engine.js'
import { socketOf } from './socket.js'

/** Queries to the engine's API, which take a tenth of the time of starting `docker`. Changes go through `docker`. */
export interface Question {
  /** "/containers/json" */
  readonly path: string
  readonly filters?: Readonly<Record<string, readonly string[]>>
  readonly query?: Readonly<Record<string, string>>
  /** The registry login for the engine to use. It travels in a header, never in a program's arguments. */
  readonly login?: RegistryLogin | undefined
}

export interface RegistryLogin {
  readonly username: string
  readonly password: string
  readonly serveraddress: string
}

/**
 * Sends a query and returns the engine's response; undefined if the object does not exist. Throws
 * COMPOSE_ENGINE_UNREACHABLE, or COMPOSE_ENGINE_REFUSED with the engine's message.
 */
export async function askEngine<Answer>(
  context: Asking,
  answer: Reader<Answer>,
  question: Question,
): Promise<Answer | undefined> {
  const body = await askBytes(context, question)
  if (body === undefined) return undefined
  try {
    return answer.parse(JSON.parse(body.toString()))
  } catch (cause) {
    throw engineErrors.COMPOSE_ANSWER_UNREADABLE({ command: `GET ${question.path}`, cause })
  }
}

/** The same as bytes, since a log is not JSON. */
export async function askBytes(context: Asking, question: Question): Promise<Buffer | undefined> {
  const { status, body } = await send(context, { path: textOf(question), login: question.login })
  if (status === 404) return undefined
  if (status >= 400) throw engineErrors.COMPOSE_ENGINE_REFUSED({ path: question.path, body: body.toString() })
  return body
}

/** The engine's time in milliseconds; it may lag by up to a second. */
export async function askTime(context: Asking): Promise<number> {
  const { date } = await send(context, { path: '/_ping' })
  return Date.parse(date ?? '')
}

/**
 * Sends a request that changes something, with the engine's answer as bytes as they arrive. For requests with a login;
 * other changes go through `docker`.
 */
export async function tellEngine(
  context: Asking,
  question: Question,
  onChunk: (chunk: Buffer) => void,
): Promise<void> {
  const { path, login } = question
  const { status, body } = await send(context, { method: 'POST', path: textOf(question), login, onChunk })
  if (status >= 400) throw engineErrors.COMPOSE_ENGINE_REFUSED({ path, body: body.toString() })
}

/** An engine refuses connections beyond some hundreds at once. */
const atOnce = 16

/** `askEngine` for each path. Returns the objects that exist, in the same order. */
export async function askForEach<Answer>(
  context: Asking,
  answer: Reader<Answer>,
  paths: readonly string[],
): Promise<readonly Answer[]> {
  const answers: (Answer | undefined)[] = []
  const waiting = [...paths.entries()]
  const inTurn = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [index, path] = next
      answers[index] = await askEngine(context, answer, { path })
    }
  }
  await Promise.all(Array.from({ length: atOnce }, inTurn))
  return answers.filter(found => found !== undefined)
}

export type Asking = Pick<Looking, 'dial' | 'fact' | 'signal' | 'engine'>

/** Parses a response, and throws if it is not as expected. */
export interface Reader<Answer> {
  parse(response: unknown): Answer
}

interface EngineResponse {
  readonly status: number
  readonly body: Buffer
  readonly date: string | undefined
}

interface Sending {
  readonly path: string
  readonly method?: 'GET' | 'POST'
  readonly login?: RegistryLogin | undefined
  onChunk?(chunk: Buffer): void
}

async function send(
  context: Asking,
  { path, method = 'GET', login, onChunk }: Sending,
): Promise<EngineResponse> {
  const engine = engineOf(context)
  const socketPath = await socketOf(engine)
  setMaxListeners(0, context.signal) // one query per container is not a leak
  const connection =
    socketPath === undefined ? { createConnection: () => dialDocker(context) } : { socketPath }
  return new Promise((resolve, reject) => {
    const fail = (cause: Error) => {
      reject(
        context.signal.aborted
          ? cause
          : engineErrors.COMPOSE_ENGINE_UNREACHABLE({ engine: nameOf(engine), cause }),
      )
    }
    const options = {
      ...connection,
      path,
      method,
      headers: { Host: 'docker', ...(login ? { 'X-Registry-Auth': authOf(login) } : {}) },
      agent: false,
      signal: context.signal,
    } as const
    const outgoing = request(options, response => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk)
        onChunk?.(chunk)
      })
      response.on('end', () => {
        const { statusCode: status = 500, headers } = response
        resolve({ status, body: Buffer.concat(chunks), date: headers.date })
      })
      response.on('error', fail)
    })
    outgoing.on('error', fail)
    outgoing.end()
  })
}

/** Base64 for URLs, but padded: the engine ignores a login without padding. */
function authOf(login: RegistryLogin): string {
  const text = Buffer.from(JSON.stringify(login)).toString('base64')
  return text.replaceAll('+', '-').replaceAll('/', '_')
}

function textOf({ path, filters, query }: Question): string {
  const words = new URLSearchParams(query)
  if (filters) words.set('filters', JSON.stringify(filters))
  return words.size === 0 ? path : `${path}?${words.toString()}`
}
