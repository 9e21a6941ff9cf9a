import { execIn, lastWords } from '../engine.js'
import { sharedErrors } from '../errors/shared.js'
import type { Server } from './server.js'

/** Indexes of a Redis. They cannot be marked for good, so one that has keys before piko uses it is somebody else's. */
export const redis: Server = {
  async make(at, { name, template }) {
    const isOurs = (await cli(at, name, ['GET', unfinished])) === at.mark
    if (isOurs) await redis.drop(at, name) // half of a copy, of a run that was killed
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
  /** Redis backs up all indexes or none. */
  dumpTo: (_, { file }) => client('--rdb', file),
}

const unfinished = 'piko:unfinished'

type At = Parameters<Server['drop']>[0]

/** Copies every key of the current index into the one that is its argument. */
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

/** The password is taken from the server's own environment: as an argument, every process list and log would show it. */
function client(...words: readonly string[]): readonly string[] {
  return ['sh', '-c', 'REDISCLI_AUTH="$REDIS_PASSWORD" exec redis-cli -e "$@"', 'redis-cli', ...words]
}
