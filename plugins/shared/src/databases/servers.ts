import type { Kind } from './kind.js'
import { postgres } from './postgres.js'
import { redis } from './redis.js'
import type { Server } from './server.js'

export const servers: Readonly<Record<Kind, Server>> = { postgres, redis }
