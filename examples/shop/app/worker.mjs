import { setTimeout as sleep } from 'node:timers/promises'
import { query } from './postgres.mjs'
import { command } from './redis.mjs'

const IDLE_SECONDS = 5

// An order leaves `pending` only once it is in the database, and the insert may be repeated: none is lost or doubled.
async function storeNextOrder() {
  const job = await command('BLMOVE', 'orders', 'pending', 'RIGHT', 'LEFT', IDLE_SECONDS)
  if (job === null) return
  await storeOrder(job)
}

async function storeOrder(job) {
  const { id, item } = JSON.parse(job)
  await query('insert into orders (id, item) values ($1, $2) on conflict do nothing', [id, item])
  await command('LREM', 'pending', 1, job)
  console.log(`Stored order ${id}`)
}

async function storePendingOrders() {
  for (const job of await command('LRANGE', 'pending', 0, -1)) await storeOrder(job)
}

async function work() {
  for (;;) {
    try {
      await storePendingOrders()
      await storeNextOrder()
    } catch (error) {
      console.error(error)
      await sleep(500)
    }
  }
}

process.once('SIGTERM', () => process.exit(0)) // the first process of a container dies of no signal by default
await work()
