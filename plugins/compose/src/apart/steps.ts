import type { Json, RunStep } from '@piko/sdk'
import type { ComposeConfig } from '../config.js'
import { type Apart, containersFact, type Program, programsFact, settingsFact } from '../contract.js'
import { apartFailed } from './failed.js'
import { recordAnonymous, removeUnusedAnonymous } from '../engine/anonymous.js'
import { fetchOwnContainers } from '../engine/containers.js'
import { fetchOwnNetworks, removeNetworks } from '../engine/networks.js'
import { takeDown } from '../engine/take-down.js'
import { ownerOf } from '../labels.js'
import type { RawService } from '../model/raw.js'
import { requireModel } from '../model/require.js'
import { images } from '../steps/images.js'
import { network } from '../steps/network.js'
import { override } from '../steps/override.js'
import { readProject, resolve } from '../steps/resolve.js'
import { up } from '../steps/up.js'
import { volumes } from '../steps/volumes.js'
import type { SiteStep } from '../site.js'
import { apartContext } from './context.js'

type ApartStep<Receipt extends Json> = RunStep<ComposeConfig, Apart, Receipt>

/** Publishes names, ports and settings. */
const readApart: ApartStep<ReceiptOf<typeof resolve>> = {
  ...apart(resolve),
  async do(context) {
    const { model, resolved } = await readProject(apartContext(context))
    const settings = Object.entries(resolved.active.services).flatMap(([service, { environment }]) =>
      context.input.services.includes(service) ? [[service, environment ?? {}] as const] : [],
    )
    context.publish(settingsFact, Object.fromEntries(settings))
    const programs = Object.entries(resolved.active.services).filter(([name]) =>
      context.input.services.includes(name),
    )
    context.publish(programsFact, Object.fromEntries(programs.map(([name, raw]) => [name, programOf(raw)])))
    return { project: model.project, files: [...model.files] }
  },
}

function programOf({ command, entrypoint, read_only: isReadOnly }: RawService): Program {
  return {
    ...(command ? { command } : {}),
    ...(entrypoint ? { entrypoint } : {}),
    isReadOnly: isReadOnly === true,
  }
}

/** Stops containers before removing networks. Named volumes stay; others would have no container ever again. */
const upApart: ApartStep<ReceiptOf<typeof up>> = {
  ...apart(up),
  async do(context, before) {
    const inside = apartContext(context)
    const { wanted } = context.input
    if (wanted === 'known') return before ?? { project: '', ended: [] }
    const owner = ownerOf(inside)
    if (wanted === 'running') {
      const receipt = await up.do(inside, before).catch((error: unknown) => {
        throw apartFailed(context.input.services, error)
      })
      await removeUnusedAnonymous(inside, owner)
      return receipt
    }
    const containers = await fetchOwnContainers(inside, owner)
    recordAnonymous(inside, containers)
    await takeDown(inside, { owner, containers, withVolumes: false })
    await removeUnusedAnonymous(inside, owner)
    await removeNetworks(inside, await fetchOwnNetworks(inside, owner))
    context.publish(containersFact, [])
    return { project: requireModel(inside).project, ended: [] }
  },
}

export const steps = [
  readApart,
  apart(override),
  whenStarted(apart(volumes), { volumes: [] }),
  whenStarted(apart(images), { project: '' }),
  whenStarted(apart(network), { networks: [] }),
  upApart,
] as readonly RunStep<ComposeConfig, Apart>[] // the journal stores each receipt with its step

type ReceiptOf<S> = S extends SiteStep<infer Receipt> ? Receipt : never

/** Adapts a site step to services that run apart. */
function apart<Receipt extends Json>(step: SiteStep<Receipt>): ApartStep<Receipt> {
  const { plan, timeLimit, holdsData, dataIn } = step
  return {
    id: `compose:apart-${step.id.slice('compose:'.length)}`,
    title: step.title,
    ...(step.undoTitle === undefined ? {} : { undoTitle: step.undoTitle }),
    ...(timeLimit === undefined ? {} : { timeLimit }),
    ...(holdsData === undefined ? {} : { holdsData }),
    ...(dataIn === undefined ? {} : { dataIn: receipt => dataIn(receipt) }),
    ...(plan === undefined ? {} : { plan: (context, receipt) => plan(apartContext(context), receipt) }),
    do: (context, before) => step.do(apartContext(context), before),
    undo: (context, receipt) => step.undo(apartContext(context), receipt),
  }
}

/** Skips the step when nothing is to be started. */
function whenStarted<Receipt extends Json>(step: ApartStep<Receipt>, nothing: Receipt): ApartStep<Receipt> {
  const { plan } = step
  return {
    ...step,
    ...(plan === undefined
      ? {}
      : {
          plan: async (context, receipt) =>
            context.input.wanted !== 'running'
              ? { action: 'nothing', because: 'nothing to start' }
              : plan(context, receipt),
        }),
    do: async (context, before) =>
      context.input.wanted === 'running' ? step.do(context, before) : (before ?? nothing),
  }
}
