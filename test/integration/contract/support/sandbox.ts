import { expect } from 'chai'
import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { temporaryFolder } from '../../../support/temp.js'
import { type World, worldAt } from './world.js'

export const bin = fileURLToPath(new URL('../../../../../bin/run.js', import.meta.url))

/** The `package.json` side of a fake plugin; its code is `plugins/<name>.ts` and `commands/<command>.ts` of this folder. */
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

/** A repository, a home and a world of its own, with the real piko and really linked plugins. */
export interface Sandbox {
  readonly folder: string
  readonly project: string
  readonly env: NodeJS.ProcessEnv
  readonly world: World
  piko(words: readonly string[], options?: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv }): Ended
  /** The same, expected to end with 0; answers the output. */
  pikoWell(...words: readonly string[]): string
  pikoJson<Answer>(...words: readonly string[]): Answer
  unlink(name: string): void
}

export function makeSandbox(context: Mocha.Context, packages: readonly FakePackage[]): Sandbox {
  const folder = temporaryFolder(context)
  const project = join(folder, 'app')
  const env = { ...process.env, ...homeIn(folder), FAKE_WORLD: join(folder, 'world') }
  makeRepository(project)
  const piko: Sandbox['piko'] = (words, options = {}) => {
    const all = { cwd: options.cwd ?? project, env: { ...env, ...options.env }, encoding: 'utf8' } as const
    const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...words], all)
    return { code: status, stdout, stderr }
  }
  const pikoWell: Sandbox['pikoWell'] = (...words) => {
    const { code, stdout, stderr } = piko(words)
    expect(code, `piko ${words.join(' ')}\n${stdout}${stderr}`).to.equal(0)
    return stdout
  }
  for (const fake of packages) pikoWell('plugins', 'link', '--no-install', writePackage(folder, fake))
  return {
    folder,
    project,
    env,
    world: worldAt(env.FAKE_WORLD),
    piko,
    pikoWell,
    pikoJson: <Answer>(...words: readonly string[]) => JSON.parse(pikoWell(...words, '--json')) as Answer,
    unlink: name => void pikoWell('plugins', 'unlink', `piko-plugin-${name}`),
  }
}

/** Writes an installable package whose modules are the compiled ones beside this file. */
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

function homeIn(folder: string) {
  const home = join(folder, 'home')
  mkdirSync(home)
  return {
    HOME: home,
    XDG_STATE_HOME: join(home, 'state'),
    XDG_DATA_HOME: join(home, 'data'),
    XDG_CONFIG_HOME: join(home, 'config'),
    XDG_CACHE_HOME: join(home, 'cache'),
  }
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
