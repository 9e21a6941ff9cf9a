import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Files } from '#test/sandbox/repository.js'
import { docker } from '#test/support/engine.js'
import { removeProxy } from '#test/support/proxies.js'
import { makeScratchProject, type ScratchProject } from '#test/support/scratch-project.js'
import { type Login, type Registry, startRegistry } from '../../../compose/test/support/image-registry.js'

/** A project with a registry that has the images v1, v2 and v3, whose health check fails. */
export interface DeployWorld {
  readonly project: ScratchProject
  readonly registry: Registry
  /** Without a tag. */
  readonly image: string
  /** Builds and pushes the application under a tag; the engine forgets it again. */
  publish(tag: string, variables?: Readonly<Record<string, string>>): void
  dispose(): Promise<void>
}

export interface WorldOptions {
  readonly login?: Login
  readonly files?: Files
  readonly config?: string
}

export const composeFile = `services:
  web:
    image: nginx
    ports: ['8080:80']
    stop_grace_period: 1s
`

export async function makeWorld({ login, files, config }: WorldOptions = {}): Promise<DeployWorld> {
  const registry = await startRegistry(login)
  const options = { files: files ?? { 'compose.yaml': composeFile }, config: config ?? '' }
  const project = await makeScratchProject(options, () => undefined)
  const image = `${registry.host}/team/web`
  const publish: DeployWorld['publish'] = (tag, variables = {}) => {
    buildImage(`${image}:${tag}`, { VERSION: tag, ...variables })
    push(`${image}:${tag}`, login)
    docker('image', 'rm', `${image}:${tag}`)
  }
  publish('v1')
  publish('v2')
  publish('v3', { BROKEN: 'yes' })
  return {
    project,
    registry,
    image,
    publish,
    async dispose() {
      removeProxy(join(project.folder, 'home/state/piko/proxy'))
      project.dispose()
      await registry.stop()
    },
  }
}

function buildImage(name: string, variables: Readonly<Record<string, string>>): void {
  const folder = mkdtempSync(join(tmpdir(), 'piko-image-'))
  cpSync('plugins/deploy/test/fixtures/app', folder, { recursive: true })
  const env = Object.entries(variables).map(([key, value]) => `ENV ${key}=${value}`)
  const lines = ['FROM node:20', 'COPY server.mjs /server.mjs', ...env, 'CMD ["node", "/server.mjs"]']
  writeFileSync(join(folder, 'Dockerfile'), `${lines.join('\n')}\n`)
  docker('build', '--quiet', ...notForHelpers, '--tag', name, folder)
  rmSync(folder, { recursive: true, force: true })
}

/** The helpers of other tests try only the newest few images, and none that piko has built. */
const notForHelpers = ['--label', 'com.docker.compose.project=piko-stages']

/** With a folder of its own for the login, so that the user's Docker has none. */
function push(name: string, login: Login | undefined): void {
  const folder = mkdtempSync(join(tmpdir(), 'piko-login-'))
  const auth = Buffer.from(`${login?.user}:${login?.password}`).toString('base64')
  const auths = login ? { [name.split('/')[0] ?? '']: { auth } } : {}
  writeFileSync(join(folder, 'config.json'), JSON.stringify({ auths }))
  execFileSync('docker', ['--config', folder, 'push', '--quiet', name], { stdio: 'pipe' })
  rmSync(folder, { recursive: true, force: true })
}
