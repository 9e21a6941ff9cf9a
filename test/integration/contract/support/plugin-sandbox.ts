import { expect } from 'chai'
import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PIKO } from '../../../sandbox/piko.js'
import { makeSandbox, type Sandbox } from '../../../sandbox/sandbox.js'
import { whenOver } from '../../../support/temp.js'
import { type World, worldAt } from './world.js'

/** The `package.json` of a fake plugin; its code is in `plugins/<name>.ts` and `commands/<command>.ts` here. */
export interface FakePackage {
  readonly name: string
  readonly flags?: object
  readonly commands?: readonly string[]
}

export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** A sandbox with a repository, a world, the real piko and linked plugins. */
export interface PluginSandbox extends Sandbox {
  readonly project: string
  readonly world: World
  piko(words: readonly string[], options?: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv }): Ended
  /** The same, expecting exit code 0; returns the output. */
  pikoWell(...words: readonly string[]): string
  pikoJson<Answer>(...words: readonly string[]): Answer
  unlink(name: string): void
}

export function makePluginSandbox(context: Mocha.Context, packages: readonly FakePackage[]): PluginSandbox {
  const sandbox = makeSandbox('plugins')
  const { folder } = sandbox
  whenOver(context, sandbox.remove)
  const project = join(folder, 'app')
  const env = { ...sandbox.env, FAKE_WORLD: join(folder, 'world') }
  makeRepository(project)
  const [program, script] = PIKO
  const piko: PluginSandbox['piko'] = (words, options = {}) => {
    const all = { cwd: options.cwd ?? project, env: { ...env, ...options.env }, encoding: 'utf8' } as const
    const { status, stdout, stderr } = spawnSync(program, [script, ...words], all)
    return { code: status, stdout, stderr }
  }
  const pikoWell: PluginSandbox['pikoWell'] = (...words) => {
    const { code, stdout, stderr } = piko(words)
    expect(code, `piko ${words.join(' ')}\n${stdout}${stderr}`).to.equal(0)
    return stdout
  }
  if (packages.length > 0) writeFileSync(join(project, '.piko.yml'), usingPlugins(packages))
  for (const fake of packages) pikoWell('plugins', 'link', '--no-install', writePackage(folder, fake))
  return {
    ...sandbox,
    project,
    env,
    world: worldAt(env.FAKE_WORLD),
    piko,
    pikoWell,
    pikoJson: <Answer>(...words: readonly string[]) => JSON.parse(pikoWell(...words, '--json')) as Answer,
    unlink: name => void pikoWell('plugins', 'unlink', `piko-plugin-${name}`),
  }
}

/** The content of `.piko.yml` of a project that uses these plugins: it is not enough that they are installed. */
export function usingPlugins(packages: readonly Pick<FakePackage, 'name'>[]): string {
  return `plugins: { ${packages.map(({ name }) => `${name}: true`).join(', ')} }\n`
}

/** Writes an installable package from the compiled modules next to this file. */
function writePackage(folder: string, { name, flags = {}, commands = [] }: FakePackage): string {
  const root = join(folder, 'packages', name)
  mkdirSync(join(root, 'commands'), { recursive: true })
  const manifest = {
    name: `piko-plugin-${name}`,
    version: '1.0.0',
    type: 'module',
    oclif: { commands: './commands', topicSeparator: ' ' },
    piko: { api: 1, plugin: './plugin.js', flags },
  }
  const reExport = (path: string) =>
    `export { default } from ${JSON.stringify(new URL(path, new URL('../', import.meta.url)).href)}\n`
  writeFileSync(join(root, 'package.json'), JSON.stringify(manifest))
  writeFileSync(join(root, 'plugin.js'), reExport(`plugins/${name}.js`))
  for (const command of commands) {
    writeFileSync(join(root, 'commands', `${command}.js`), reExport(`commands/${command}.js`))
  }
  return root
}

function makeRepository(project: string): void {
  mkdirSync(project)
  for (const args of [
    ['init', '--quiet', '--initial-branch=main'],
    ['commit', '--quiet', '--allow-empty', '--message=first'],
  ]) {
    expect(spawnSync('git', args, { cwd: project }).status).to.equal(0)
  }
}
