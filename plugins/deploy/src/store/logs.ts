import { deployErrors } from '../errors/deploys.js'
import { text } from './columns.js'
import { defineTable } from './table.js'

export type LogLevel = 'info' | 'warning' | 'error'

const columns = { deploy: text('deploy'), level: text<LogLevel>('level'), message: text('message') }

/** What a deploy did. Lines are only added. */
const { create, of, all, recent, find, require, remove } = defineTable({
  name: 'deploy_logs',
  columns,
  parent: 'deploy',
  isUpdated: false,
  notFound: id => deployErrors.DEPLOY_UNKNOWN({ id }),
})

export const logs = { create, of, all, recent, find, require, remove }
