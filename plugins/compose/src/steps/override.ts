import { dependenciesFact, type Warning } from '@piko/sdk'
import { lstat, readFile } from 'node:fs/promises'
import type { ComposeConfig } from '../config.js'
import { changesFact, type Model, overriddenFact, type Override, overrideSlot } from '../contract.js'
import { overrideName, overridePath } from '../docker.js'
import { overrideErrors } from '../errors/override.js'
import { ownerOf } from '../labels.js'
import { digestEach } from '../model/digests.js'
import { fetchMerged } from '../checkout/fetch.js'
import { fetchSourceTexts, type SourceText } from '../model/source-texts.js'
import { requireModel } from '../model/require.js'
import { planLines } from '../output/plan.js'
import { buildOverride, type Built } from '../override/build.js'
import { modelHere } from '../override/here.js'
import { findClaims } from '../override/proof.js'
import {
  plannedSourceFiles,
  readSourceFiles,
  removeSourceFiles,
  type SourceFile,
  writeSourceFiles,
} from '../override/source-files.js'
import { isRecord } from '../override/tagged.js'
import { isOurs, overrideText } from '../override/text.js'
import { defineSiteStep, type SiteContext, type SiteLook } from '../site.js'

/** Writes the override that isolates this environment, and proves it by resolving the project again. */
export const override = defineSiteStep({
  id: 'compose:override',
  title: `Generating ${overrideName}`,
  undoTitle: 'Removing generated files',
  phase: 'prepare',
  after: ['core:env-file', 'core:dependencies'],

  async plan(context: SiteLook<ComposeConfig>) {
    const text = await readOwn(overridePath(context.environment))
    if (text === undefined) return { action: 'change', because: `${overrideName} does not exist` }
    const model = requireModel(context)
    const files = await readSourceFiles(context.environment, await textsFor(context, model))
    if (!files) return { action: 'change', because: 'a config or a secret has changed' }
    const { override } = build(context, { model, files })
    const isSame = text === overrideText(override, { environment: context.environment.name })
    if (isSame) return { action: 'nothing', because: `${overrideName} is up to date` }
    return { action: 'change', because: 'the Compose files, or what piko makes of them, have changed' }
  },

  do: context => write(context, { isPreview: false }),

  async preview(context: SiteContext<ComposeConfig>) {
    await write(context, { isPreview: true })
    const [changes, warnings] = [context.fact(changesFact) ?? [], context.warnings]
    return {
      lines: planLines(changes, warnings),
      answer: { changes, warnings: warnings.map(warningJson) },
    }
  },

  async undo(context, receipt) {
    const file = receipt?.file ?? overridePath(context.environment)
    const text = await readFile(file, 'utf8').catch(() => undefined)
    if (text !== undefined && isOurs(text)) await context.remove(file)
    await removeSourceFiles(context.environment)
  },

  report: () => `Generated ${overrideName}`,
})

async function write(
  context: SiteContext<ComposeConfig>,
  { isPreview }: { readonly isPreview: boolean },
): Promise<{ file: string }> {
  const file = overridePath(context.environment)
  await readOwn(file)
  await context.hideFromGit(file)
  const model = requireModel(context)
  const texts = await textsFor(context, model)
  const { environment: place } = context
  if (!isPreview) await writeSourceFiles(place, texts)
  const written = isPreview ? undefined : await readSourceFiles(place, texts)
  const built = build(context, { model, files: written ?? plannedSourceFiles(place, texts) })
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

/** The texts of sources used by services that run here. */
function textsFor(context: SiteLook<ComposeConfig>, model: Model): Promise<readonly SourceText[]> {
  return fetchSourceTexts(context, modelHere(context, model))
}

function build(
  context: SiteLook<ComposeConfig>,
  { model, files }: { readonly model: Model; readonly files: readonly SourceFile[] },
): Built {
  const { variables } = context.environment
  const dependencies = context.fact(dependenciesFact) ?? []
  const situation = { owner: ownerOf(context), bind: context.config.bind, files, variables, dependencies }
  return buildOverride(model, context.collect(overrideSlot, model), situation)
}

/** The text of the existing file. Throws if piko did not write it. */
async function readOwn(file: string): Promise<string | undefined> {
  const isLink = (await lstat(file).catch(() => undefined))?.isSymbolicLink() === true
  const text = isLink ? '' : await readFile(file, 'utf8').catch(() => undefined)
  if (text !== undefined && !isOurs(text)) throw overrideErrors.COMPOSE_FILE_FOREIGN({ path: file })
  return text
}

async function prove(
  context: SiteContext<ComposeConfig>,
  facts: { readonly model: Model; readonly built: Built; readonly file: string },
): Promise<void> {
  const { model, built, file } = facts
  const isWhole = Object.values(model.services).some(({ active }) => !active)
  const profiles = isWhole ? ['*'] : model.profiles
  const merged = await fetchMerged(context, model, { file, profiles })
  const problems = findClaims(model, merged, built)
  if (problems.length > 0)
    throw overrideErrors.COMPOSE_NOT_ISOLATED({ environment: context.environment.name, problems })
}
