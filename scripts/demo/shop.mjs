// Requests to the shop of an environment, through the port that piko assigned.
import { showCommand, showOutput } from './narrate.mjs'
import { requireNoInterrupt } from './run.mjs'
import { setTimeout as pause } from 'node:timers/promises'

const LIMIT = 30_000
const REQUEST_LIMIT = 5_000
const POLL_EVERY = 100

/** Repeats a request until the response is successful and passes the test, if given. Returns the parsed body. */
export async function ask(url, isExpected = () => true) {
  showCommand(['curl', url])
  const deadline = Date.now() + LIMIT
  for (;;) {
    requireNoInterrupt()
    const answer = await tryRequest(url)
    if (answer.body !== undefined && isExpected(answer.body)) {
      showOutput(JSON.stringify(answer.body))
      return answer.body
    }
    if (Date.now() > deadline)
      throw new Error(`${url} did not answer as expected in ${LIMIT / 1000} s: ${answer.seen}`)
    await pause(POLL_EVERY)
  }
}

/** Orders an item and waits until the worker has stored it. */
export async function order(url, item) {
  const body = JSON.stringify({ item })
  showCommand(['curl', '-X', 'POST', '-d', `'${body}'`, `${url}/orders`])
  const answer = await tryRequest(`${url}/orders`, { method: 'POST', body })
  if (answer.body === undefined) throw new Error(`${url}/orders took no order: ${answer.seen}`)
  showOutput(JSON.stringify(answer.body))
  await ask(`${url}/orders`, orders => holds(orders, item))
}

export function holds(orders, item) {
  return orders.some(stored => stored.item === item)
}

async function tryRequest(url, options) {
  try {
    const response = await fetch(url, { ...options, signal: AbortSignal.timeout(REQUEST_LIMIT) })
    const text = await response.text()
    return response.ok ? { body: JSON.parse(text) } : { seen: `${response.status} ${text}` }
  } catch (error) {
    return { seen: String(error.cause ?? error) }
  }
}
