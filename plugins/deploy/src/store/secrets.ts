import { secretErrors } from '../errors/secrets.js'
import { text } from './columns.js'
import { defineTable, type Row } from './table.js'

const columns = {
  stage: text('stage'),
  name: text('name'),
  /** Sealed. */
  value: text('value'),
}

export type Secret = Row<typeof columns>

export const secrets = defineTable({
  name: 'deploy_secrets',
  columns,
  parent: 'stage',
  notFound: id => secretErrors.DEPLOY_SECRET_UNKNOWN({ name: id, stage: '' }),
})
