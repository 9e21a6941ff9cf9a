import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import { query } from './postgres.mjs'
import { command } from './redis.mjs'

const routes = {
  'GET /': async () => {
    const [{ count }] = await query('select count(*) from orders')
    return { status: 200, body: { shop: process.env.SHOP_NAME, orders: Number(count) } }
  },
  'GET /health': async () => ({ status: 200, body: { healthy: true } }),
  'GET /orders': async () => ({
    status: 200,
    body: await query('select id, item from orders order by placed_at'),
  }),
  'POST /orders': async request => {
    const item = await readItem(request)
    if (item === undefined) return { status: 400, body: { error: 'An order is {"item": "a name"}' } }
    const order = { id: randomUUID(), item }
    await command('LPUSH', 'orders', JSON.stringify(order))
    return { status: 202, body: order }
  },
}

async function readItem(request) {
  try {
    const { item } = JSON.parse(await text(request))
    return typeof item === 'string' && item !== '' ? item : undefined
  } catch {
    return undefined
  }
}

async function answer(request) {
  const route = routes[`${request.method} ${request.url}`]
  if (route === undefined) return { status: 404, body: { error: 'There is no such page' } }
  try {
    return await route(request)
  } catch (error) {
    console.error(error)
    return { status: 503, body: { error: error.message } }
  }
}

const server = createServer(async (request, response) => {
  const { status, body } = await answer(request)
  response.writeHead(status, { 'content-type': 'application/json' }).end(`${JSON.stringify(body)}\n`)
})

server.listen(3000)
process.once('SIGTERM', () => process.exit(0)) // the first process of a container dies of no signal by default
