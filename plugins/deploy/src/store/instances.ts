import { instanceErrors } from '../errors/instances.js'
import { flag, text } from './columns.js'
import { defineTable, type Row } from './table.js'

type InstanceStatus = 'running' | 'stopped' | 'failed' | 'removing'

const columns = {
  stage: text('stage'),
  deploy: text('deploy'),
  service: text('service'),
  /** The container's name. */
  container: text('container'),
  image: text('image'),
  /** Changes whenever the service's definition does. */
  digest: text('digest'),
  /** It has volumes, so that two of its kind never run at once. */
  takesTurns: flag('takes_turns'),
  status: text<InstanceStatus>('status'),
  /** Whether the stage is served by it. */
  isCurrent: flag('is_current'),
}

export type Instance = Row<typeof columns>

export const instances = defineTable({
  name: 'deploy_instances',
  columns,
  parent: 'stage',
  notFound: id => instanceErrors.DEPLOY_INSTANCE_UNKNOWN({ id }),
})
