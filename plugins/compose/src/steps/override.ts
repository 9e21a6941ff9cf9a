import { defineStep, type EnvironmentContext, type StepContext, type Warning } from '@piko/sdk'
import { readFile } from 'node:fs/promises'
import type { ComposeConfig } from '../config.js'
import { changesFact, type Model, overriddenFact, type Override, overrideSlot } from '../contract.js'
import { overrideName, overridePath } from '../docker.js'
import { notIsolated, overrideForeign } from '../errors.js'
import { ownerOf } from '../labels.js'
import { digestEach } from '../model/digests.js'
import { fetchMerged } from '../model/fetch.js'
import { requireModel } from '../model/require.js'
import { changeLines, warningLines } from '../output/changes.js'
import { buildOverride, type Built } from '../override/build.js'
import { findClaims } from '../override/proof.js'
import { isRecord } from '../override/tagged.js'
import { isOurs, overrideText } from '../override/text.js'

/** Writes what parts this environment from all others, and proves it by resolving the project again. */
export const override = defineStep({
  id: 'compose:override',
  title: `Generating ${overrideName}`,
  phase: 'prepare',
  after: ['core:env-file'],

  async plan(context: EnvironmentContext<ComposeConfig>) {
    const text = await readOwn(overridePath(context.environment))
    if (text === undefined) return { action: 'change', because: `${overrideName} is not there` }
    const { override } = build(context, requireModel(context))
    const isSame = text === overrideText(override, { environment: context.environment.name })
    if (isSame) return { action: 'nothing', because: `${overrideName} is as it should be` }
    return { action: 'change', because: 'the Compose files, or what piko makes of them, have changed' }
  },

  do: write,

  async preview(context: StepContext<ComposeConfig>) {
    await write(context)
    const [changes, warnings] = [context.fact(changesFact) ?? [], context.warnings]
    return {
      lines: [...changeLines(changes), ...warningLines(warnings)],
      answer: { changes, warnings: warnings.map(warningJson) },
    }
  },

  async undo(context, receipt) {
    const file = receipt?.file ?? overridePath(context.environment)
    const text = await readFile(file, 'utf8').catch(() => undefined)
    if (text !== undefined && isOurs(text)) await context.remove(file)
  },

  report: () => `Generated ${overrideName}`,
})

async function write(context: StepContext<ComposeConfig>) {
  const file = overridePath(context.environment)
  await readOwn(file)
  await context.hideFromGit(file)
  const model = requireModel(context)
  const built = build(context, model)
  await context.writeFile(file, overrideText(built.override, { environment: context.environment.name }))
  await prove(context, { model, built, file })
  context.publish(changesFact, built.changes)
  context.publish(overriddenFact, digestEach(servicesOf(built.override)))
  return { file }
}

function servicesOf({ services }: Override): Readonly<Record<string, unknown>> {
  return isRecord(services) ? services : {}
}

function warningJson({ code, message, hints, service }: Warning) {
  return { code, message, ...(hints ? { hints } : {}), ...(service === undefined ? {} : { service }) }
}

function build(context: EnvironmentContext<ComposeConfig>, model: Model): Built {
  const situation = { owner: ownerOf(context), bind: context.config.bind }
  return buildOverride(model, context.collect(overrideSlot, model), situation)
}

/** The text that is there; throws when somebody else wrote it. */
async function readOwn(file: string): Promise<string | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined)
  if (text !== undefined && !isOurs(text)) throw overrideForeign(file)
  return text
}

async function prove(
  context: StepContext<ComposeConfig>,
  facts: { readonly model: Model; readonly built: Built; readonly file: string },
): Promise<void> {
  const { model, built, file } = facts
  const isWhole = Object.values(model.services).some(({ active }) => !active)
  const profiles = isWhole ? ['*'] : model.profiles
  const merged = await fetchMerged(context, model, { file, profiles })
  const problems = findClaims(model, merged, built.fragment)
  if (problems.length > 0) throw notIsolated(context.environment.name, problems)
}
