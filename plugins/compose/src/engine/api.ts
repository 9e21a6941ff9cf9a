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
  const { status, body } = await get(context, textOf(question))
  if (status === 404) return undefined
  if (status >= 400) throw engineErrors.COMPOSE_ENGINE_REFUSED({ path: question.path, body: body.toString() })
  return body
}

/** The engine's time in milliseconds; it may lag by up to a second. */
export async function askTime(context: Asking): Promise<number> {
  const { date } = await get(context, '/_ping')
  return Date.parse(date ?? '')
}

/** `askEngine` for each path. Returns the objects that exist. */
export async function askForEach<Answer>(
  context: Asking,
  answer: Reader<Answer>,
  paths: readonly string[],
): Promise<readonly Answer[]> {
  const answers = await Promise.all(paths.map(path => askEngine(context, answer, { path })))
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

async function get(context: Asking, path: string): Promise<EngineResponse> {
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
      headers: { Host: 'docker' },
      agent: false,
      signal: context.signal,
    } as const
    const outgoing = request(options, response => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => void chunks.push(chunk))
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

function textOf({ path, filters, query }: Question): string {
  const words = new URLSearchParams(query)
  if (filters) words.set('filters', JSON.stringify(filters))
  return words.size === 0 ? path : `${path}?${words.toString()}`
}
