import type { Context, Proposal, ProposedVariable } from '@piko/sdk'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ComposeConfig } from '../config.js'
import type { Model } from '../contract.js'
import { readMain } from '../checkout/read-main.js'
import { wantedVariables } from '../pointers/advice.js'
import { unreplaced } from '../validation/pointers.js'

/** Variables that projects commonly use for settings that differ per checkout, and their values in an environment. */
const commonVariables = {
  COMPOSE_PROJECT_NAME: '${project}',
  SITE_DOMAIN: '${host}',
  ALLOWED_HOSTS: '${host},localhost,127.0.0.1',
}

/** Replaces values that lead to the main checkout, and the common variables that the project uses. */
export async function propose(context: Context<ComposeConfig>): Promise<Proposal> {
  const model = await readMain(context)
  const pointers = pointerVariables(model)
  const text = await readTexts(model)
  const common = Object.entries(commonVariables)
    .filter(([name]) => !pointers.some(variable => variable.name === name))
    .map(([name, value]): ProposedVariable => {
      const isActive = new RegExp(String.raw`(?<!\w)${name}(?!\w)`).test(text)
      return {
        name,
        value,
        because: isActive ? 'the project uses it' : 'the project does not use it yet',
        isActive,
      }
    })
  return { env: [...pointers, ...common] }
}

function pointerVariables(model: Model): readonly ProposedVariable[] {
  const all = unreplaced(model, {})
  const wanted = wantedVariables(all.map(({ pointer }) => pointer))
  return [...wanted].map(([name, value]) => {
    const { service = '', pointer } = all.find(one => one.pointer.name === name) ?? {}
    return {
      name,
      value,
      because: `${service} has ${pointer?.value ?? ''}, a port of the main checkout`,
      isActive: !pointer?.isOwn,
    }
  })
}

/** Reads the Compose files and the `.env` beside them. */
async function readTexts({ files, directory, envFiles }: Model): Promise<string> {
  const paths = new Set([...files, join(directory, '.env'), ...envFiles])
  const texts = await Promise.all([...paths].map(path => readFile(path, 'utf8').catch(() => '')))
  return texts.join('\n')
}
