import type { Host } from '@piko/sdk'
import { setTimeout as pause } from 'node:timers/promises'
import type { DeployConfig, Notify } from '../config.js'
import { deployJson } from '../output/deploys.js'
import { readSecrets } from '../secrets/keep.js'
import { deploys } from '../store/deploys.js'
import { logs } from '../store/logs.js'
import type { Stage } from '../store/stages.js'
import { signatureOf } from './signature.js'

const limitMilliseconds = 30_000
const attempts = 3

/** Tells whom `.piko.yml` names how a deploy has ended. A failure to tell is only a warning. */
export async function notify(
  host: Host,
  { stage, id }: { readonly stage: Stage; readonly id: string },
): Promise<void> {
  const context = await host.openProject<DeployConfig>('deploy')
  const wanted = context.config[stage.name]?.notify
  if (!wanted) return
  const deploy = deployJson(context, deploys.require(context, id))
  const body = JSON.stringify({ version: 1, event: deploy.status, project: context.project.name, deploy })
  try {
    if (wanted.command !== undefined) await runCommand(host, wanted.command, body)
    if (wanted.webhook !== undefined)
      await post(wanted.webhook, { body, headers: headersOf(wanted, body, readSecrets(context, stage)) })
  } catch (error) {
    await host.changeProject('deploy', async changing => {
      const message = `notify: ${error instanceof Error ? error.message : String(error)}`
      changing.say(`! ${message}`)
      logs.create(changing, { deploy: id, level: 'warning', message })
    })
  }
}

async function runCommand(host: Host, command: string, body: string): Promise<void> {
  const signal = AbortSignal.timeout(limitMilliseconds)
  await host.changeProject('deploy', context => context.exec('sh', ['-c', command], { input: body, signal }))
}

function headersOf({ sign_with: name }: Notify, body: string, secrets: Readonly<Record<string, string>>) {
  if (name === undefined) return {}
  const key = secrets[name]
  if (key === undefined) throw new Error(`the secret ${name} that signs the body is not set`)
  return { 'x-piko-signature': signatureOf(key, body) }
}

/** Tries again if the receiver does not answer or has a problem of its own. */
async function post(
  url: string,
  { body, headers }: { readonly body: string; readonly headers: Readonly<Record<string, string>> },
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const answer = await fetch(url, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', ...headers },
      signal: AbortSignal.timeout(limitMilliseconds),
    }).catch((error: unknown) => String(error))
    if (typeof answer !== 'string' && answer.ok) return
    const isLasting = typeof answer !== 'string' && answer.status < 500
    const what = typeof answer === 'string' ? 'does not answer' : `answers ${answer.status}`
    if (isLasting || attempt === attempts) throw new Error(`${new URL(url).host} ${what}`)
    await pause(500 * attempt)
  }
}
