import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { expect } from 'chai'
import { defaultFiles, readInvocation } from '#compose/model/files.js'
import { modelFact } from '@piko/plugin-compose/contract'
import { resolve } from '#compose/steps/resolve.js'
import { type ComposeWorld, disposeWorlds, makeWorld } from '../support/world.js'

/** What Compose itself would run in this worktree. */
function composeServices(world: ComposeWorld): unknown {
  const cwd = world.context.environment.path
  const answer = execFileSync('docker', ['compose', '-p', 'probe', 'config', '--format', 'json'], {
    cwd,
    encoding: 'utf8',
  })
  return (JSON.parse(answer) as { services: unknown }).services
}

function pikoServices(world: ComposeWorld): unknown {
  const model = world.context.fact(modelFact)
  if (!model) throw new Error('no model')
  const files = model.files.flatMap(file => ['-f', file])
  const envFiles = model.envFiles.flatMap(file => ['--env-file', file])
  const args = [
    'compose',
    '-p',
    'probe',
    '--project-directory',
    model.projectDirectory,
    ...envFiles,
    ...files,
  ]
  const env = { ...process.env, COMPOSE_PROFILES: model.profiles.join(',') }
  const answer = execFileSync('docker', [...args, 'config', '--format', 'json'], {
    cwd: model.directory,
    encoding: 'utf8',
    env,
  })
  return (JSON.parse(answer) as { services: unknown }).services
}

describe('compose: which files', () => {
  after(disposeWorlds)
  for (const fixture of ['default-files', 'several-files', 'nasty']) {
    it(`uses the same files as Compose: ${fixture}`, async () => {
      const world = await makeWorld(fixture)
      try {
        await resolve.do(world.context, undefined)
        expect(pikoServices(world)).to.deep.equal(composeServices(world))
      } finally {
        await world.dispose()
      }
    })
  }

  it('lets .env set files and profiles, but never the project', async () => {
    const world = await makeWorld('several-files')
    await resolve.do(world.context, undefined)
    const model = world.context.fact(modelFact)
    expect(model?.project).to.equal(`piko-${world.project}-feature`)
    expect(model?.profiles).to.deep.equal(['more'])
    expect(model?.services['extra']?.active).to.equal(true)
    await world.dispose()
  })

  it('warns of profiles that cannot be read, and continues', async () => {
    const world = await makeWorld('several-files')
    await resolve.do(world.context, undefined)
    expect(world.context.warnings.map(({ code }) => code)).to.include('COMPOSE_PROFILES_UNREAD')
    await world.dispose()
  })

  it("ignores the shell's variables, and says so", async () => {
    const given = { COMPOSE_FILE: 'dev.yaml', COMPOSE_PROFILES: 'more', COMPOSE_ENV_FILES: 'dev.env' }
    const world = await makeWorld('several-files')
    Object.assign(process.env, given)
    try {
      await resolve.do(world.context, undefined)
    } finally {
      for (const name of Object.keys(given)) delete process.env[name]
    }
    // COMPOSE_PROFILES is the same as in .env.
    expect(world.context.said).to.deep.equal([
      '! Ignored COMPOSE_FILE=dev.yaml of the shell; to use it in every environment, set compose.files in .piko.yml, or COMPOSE_FILE in .env',
      '! Ignored COMPOSE_ENV_FILES=dev.env of the shell; to use it in every environment, set compose.env_file in .piko.yml',
    ])
    await world.dispose()
  })

  it('prefers the values in .piko.yml', async () => {
    const world = await makeWorld('several-files', {
      config: { files: ['more.yaml', 'dev/base.yaml'], profiles: [] },
    })
    const { path } = world.context.environment
    const invocation = await readInvocation(world.context.config, { path, variables: {} })
    expect(invocation.files).to.deep.equal([join(path, 'more.yaml'), join(path, 'dev/base.yaml')])
    expect(invocation.profiles).to.deep.equal([])
    await world.dispose()
  })

  it('names the file that it looked for', async () => {
    const world = await makeWorld('several-files', { config: { dir: 'nowhere' } })
    const { path } = world.context.environment
    const reading = readInvocation({ ...world.context.config, dir: 'dev/none' }, { path, variables: {} })
    const error: unknown = await reading.catch((reason: unknown) => reason)
    expect(String(error)).to.contain('COMPOSE_FILE_MISSING').and.to.contain(defaultFiles[0])
    await world.dispose()
  })
})
