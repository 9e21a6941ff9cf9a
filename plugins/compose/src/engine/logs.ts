import type { StepContext } from '@piko/sdk'
import { runDocker } from '../docker.js'
import { ownerOf } from '../labels.js'
import { isReplica, parseAddress } from './address.js'
import { requireProject } from '../model/require.js'
import { nothingCreated, replicasMixed } from './service-errors.js'
import { fetchRows } from './rows.js'
import { requireAmong } from './running.js'

/**
 * Hands the terminal to `compose logs` and answers its exit code. The project is named and no file is read: the logs of
 * what runs can be had while the Compose file is being edited.
 */
export async function runLogs(
  context: StepContext<unknown>,
  { options, words }: { readonly options: readonly string[]; readonly words: readonly string[] },
): Promise<number> {
  const rows = await fetchRows(context, ownerOf(context))
  if (rows.length === 0 && words.length === 0) throw nothingCreated(context.environment.name)
  for (const word of words) await requireAmong(context, { word, rows })
  const replicas = words.filter(isReplica)
  if (replicas.length > 0 && words.length > 1) throw replicasMixed(replicas)
  const [address] = replicas.map(parseAddress)
  const index = address?.replica === undefined ? [] : ['--index', String(address.replica)]
  const services = words.map(word => parseAddress(word).service)
  const args = ['compose', '-p', requireProject(context), 'logs', ...index, ...options, ...services]
  const { exitCode } = await runDocker(context, args, { terminal: true, allowFailure: true })
  return exitCode
}
