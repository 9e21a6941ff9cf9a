import { lastWords } from '../engine.js'
import { sharedErrors } from '../errors/shared.js'
import { guardRedis } from './guard-redis.js'
import { cli, client, requireAdmin } from './redis-cli.js'
import type { Server } from './server.js'

/** Indexes of a Redis. They cannot be marked permanently, so an index that already has keys counts as foreign. */
export const redis: Server = {
  async make(at, { name, template, login }) {
    await requireAdmin(at)
    const isOurs = (await cli(at, name, ['GET', unfinished])) === at.mark
    if (isOurs) await redis.drop(at, { name, login }) // an incomplete copy of a killed run
    if ((await cli(at, name, ['DBSIZE'])) !== '0')
      throw sharedErrors.SHARED_DATABASE_FOREIGN({ service: at.service, name })
    if (template === undefined) return
    await cli(at, name, ['SET', unfinished, at.mark])
    try {
      await cli(at, template, ['EVAL', copyAll, '0', name])
      await cli(at, name, ['DEL', unfinished])
    } catch (error) {
      await redis.drop(at, { name, login })
      throw sharedErrors.SHARED_NOT_COPIED({ service: at.service, template, because: lastWords(error) })
    }
  },

  async drop(at, { name, login }) {
    await requireAdmin(at)
    await cli(at, name, ['FLUSHDB'])
    if (login) await cli(at, '0', ['ACL', 'DELUSER', login.user])
  },

  guard: guardRedis,

  dumpSuffix: 'rdb',
  /** Redis can only back up all indexes. */
  dumpTo: (at, { file }) => client(at, '--rdb', file),
}

const unfinished = 'piko:unfinished'

/** Copies every key of the current index to the index given as argument. */
const copyAll = `
local cursor, count = '0', 0
repeat
  local answer = redis.call('SCAN', cursor, 'COUNT', 1000)
  cursor = answer[1]
  for _, key in ipairs(answer[2]) do
    count = count + redis.call('COPY', key, key, 'DB', ARGV[1], 'REPLACE')
  end
until cursor == '0'
return count`
