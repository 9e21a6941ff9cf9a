import { createClient } from 'redis'

/** The list that jobs wait in. */
const QUEUE = 'parcels:labels'

const client = createClient({ url: process.env.REDIS_URL })
client.on('error', error => console.error(`Redis: ${error.message}`))
await client.connect()

export async function enqueue(job) {
  await client.lPush(QUEUE, JSON.stringify(job))
}

/** The next job, or undefined if none arrives within the given seconds. */
export async function nextJob(seconds) {
  const entry = await client.brPop(QUEUE, seconds)
  return entry ? JSON.parse(entry.element) : undefined
}
