import { execIn, lastWords } from '../engine.js'
import { sharedErrors } from '../errors/shared.js'
import type { Server } from './server.js'

/** Indexes of a Redis. They cannot be marked permanently, so an index that already has keys counts as foreign. */
export const redis: Server = {
  async make(at, { name, template }) {
    const isOurs = (await cli(at, name, ['GET', unfinished])) === at.mark
    if (isOurs) await redis.drop(at, name) // an incomplete copy of a killed run
    if ((await cli(at, name, ['DBSIZE'])) !== '0')
      throw sharedErrors.SHARED_DATABASE_FOREIGN({ service: at.service, name })
    if (template === undefined) return
    await cli(at, name, ['SET', unfinished, at.mark])
    try {
      await cli(at, template, ['EVAL', copyAll, '0', name])
      await cli(at, name, ['DEL', unfinished])
    } catch (error) {
      await redis.drop(at, name)
      throw sharedErrors.SHARED_NOT_COPIED({ service: at.service, template, because: lastWords(error) })
    }
  },

  async drop(at, name) {
    await cli(at, name, ['FLUSHDB'])
  },

  dumpSuffix: 'rdb',
  /** Redis can only back up all indexes. */
  dumpTo: (_, { file }) => client('--rdb', file),
}

const unfinished = 'piko:unfinished'

type At = Parameters<Server['drop']>[0]

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

async function cli(at: At, index: string, words: readonly string[]): Promise<string> {
  return (await execIn(at.context, at.container, { words: client('-n', index, ...words) })).trim()
}

/** Takes the password from the server's environment: as an argument, it would appear in process lists and logs. */
function client(...words: readonly string[]): readonly string[] {
  return ['sh', '-c', 'REDISCLI_AUTH="$REDIS_PASSWORD" exec redis-cli -e "$@"', 'redis-cli', ...words]
}
