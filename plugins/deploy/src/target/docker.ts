import { countConnections } from '@piko/plugin-caddy/contract/engine'
import {
  askEngine,
  type Changing,
  fetchContainer,
  fetchDigest,
  fetchImageId,
  fetchLogLines,
  onEngine,
  plainLine,
  pullWithLogin,
  runDocker,
} from '@piko/plugin-compose/contract/engine'
import * as z from 'zod'
import type { Place } from '../contract.js'
import type { Definition } from '../model/files.js'
import { explain, isUnknown } from '../registry/explain.js'
import { imageOf, isLocal, parseReference, pinned, pinnedLocally } from '../registry/reference.js'
import type { Observed, PinOptions, Pulling, Target } from './target.js'

/** The engine of a Docker context. A stage is one Compose project there, whose model never touches the disk. */
export function dockerTarget(context: Changing, place: Place): Target {
  const here: Changing = onEngine(context, place.engine)
  const compose = (model: Definition, words: readonly string[]) =>
    runDocker(here, ['compose', '-p', place.project, '-f', '-', ...words], {
      input: JSON.stringify(model),
      env: { COMPOSE_IGNORE_ORPHANS: 'true' },
    })
  const up = ['up', '-d', '--no-build', '--pull', 'never', '--quiet-pull']
  const remove = async (containers: readonly string[]) => {
    const there = await Promise.all(containers.map(name => fetchContainer(here, name)))
    const names = there.flatMap(one => (one ? [one.name] : []))
    if (names.length > 0) await runDocker(here, ['rm', '-f', '-v', ...names])
  }
  return {
    pin: (reference, options) => pin(here, { reference, ...options }),
    pull: (image, pulling) => pull(here, { image, ...pulling }),
    remove,
    async runOnce(model, { key, container }) {
      await remove([container])
      try {
        await compose(model, [...up, key])
        const { stdout } = await runDocker(here, ['wait', container])
        return { exitCode: Number(stdout.trim()), lines: await linesOf(here, container, 200) }
      } finally {
        await remove([container])
      }
    },
    start: async model => void (await compose(model, up)),
    async resume(containers) {
      if (containers.length > 0) await runDocker(here, ['start', ...containers])
    },
    async stop(containers) {
      const there = await Promise.all(containers.map(name => fetchContainer(here, name)))
      const running = there.flatMap(one => (one && one.status !== 'exited' ? [one.name] : []))
      if (running.length > 0) await runDocker(here, ['stop', ...running])
    },
    observe: container => observe(here, container),
    lastLines: container => linesOf(here, container, 20),
    async countConnections(container, port) {
      const addresses = (await askEngine(here, addressed, { path: `/containers/${container}/json` })) ?? []
      const counts = addresses.map(address => countConnections(here, { address, port }))
      return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0)
    },
  }
}

/** Asks the registry through the engine, and if the project has no login for it, as Docker itself would. */
async function pin(
  here: Changing,
  { reference, login, mayBeLocal }: PinOptions & { readonly reference: string },
): Promise<string | undefined> {
  const asked = await fetchDigest(here, { reference, login }).catch((cause: unknown) => ({ cause }))
  if (typeof asked === 'string') return pinned(reference, asked)
  if (mayBeLocal) {
    const id = await fetchImageId(here, reference)
    if (id !== undefined) return pinnedLocally(reference, id)
  }
  if (asked === undefined || isUnknown(asked.cause)) return undefined
  const digest = login ? undefined : await pullAsDocker(here, reference)
  if (digest !== undefined) return pinned(reference, digest)
  throw explain(asked.cause, { reference, user: login?.username })
}

/** Docker may have a login of its own. */
async function pullAsDocker(here: Changing, reference: string): Promise<string | undefined> {
  const { exitCode } = await runDocker(here, ['pull', '--quiet', reference], { allowFailure: true })
  if (exitCode !== 0) return undefined
  const digests = (await askEngine(here, digested, { path: `/images/${reference}/json` })) ?? []
  const { image } = parseReference(reference)
  return digests.map(text => text.split('@')).find(([name]) => name === image)?.[1]
}

async function pull(here: Changing, { image, login, onLine }: Pulling & { readonly image: string }) {
  const reference = imageOf(image)
  if (isLocal(image) || (await fetchImageId(here, reference)) !== undefined) return
  if (login) await pullWithLogin(here, { reference, login, onLine })
  else await runDocker(here, ['pull', '--quiet', reference], { onLine })
}

async function observe(here: Changing, name: string): Promise<Observed | undefined> {
  const found = await fetchContainer(here, name)
  if (!found) return undefined
  const { status: state, health, restarts, exitCode } = found
  const isKnown = health === 'starting' || health === 'healthy' || health === 'unhealthy'
  return { state, health: isKnown ? health : 'none', restarts, exitCode }
}

async function linesOf(here: Changing, container: string, count: number): Promise<readonly string[]> {
  const lines = await fetchLogLines(here, container, count)
  return lines.map(plainLine).filter(line => line !== '')
}

const digested = z.object({ RepoDigests: z.array(z.string()) }).transform(({ RepoDigests }) => RepoDigests)

const addressed = z
  .object({
    NetworkSettings: z.object({ Networks: z.record(z.string(), z.object({ IPAddress: z.string() })) }),
  })
  .transform(({ NetworkSettings }) =>
    Object.values(NetworkSettings.Networks).flatMap(({ IPAddress }) => (IPAddress === '' ? [] : [IPAddress])),
  )
