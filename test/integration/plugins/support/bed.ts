import { expect } from 'chai'
import { spawnSync } from 'node:child_process'
import { cpSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Registry } from '../../../sandbox/registry.js'
import { makePluginSandbox, type PluginSandbox } from '../../contract/support/plugin-sandbox.js'

/** Two processes, without naming the plugin that runs them: it detects the section. */
const config = `processes:
  api:
    command: exec node -e 'require("http").createServer((_, r) => r.end("hello")).listen(process.env.PORT)'
    port: 3000
    restart: true
  worker: { command: exec sleep 1000 }
`

/** A project that uses host processes, a home without plugins, and the registry to install from. */
export function makeProcessProject(context: Mocha.Context, registry: Registry): PluginSandbox {
  const sandbox = makePluginSandbox(context, [])
  Object.assign(sandbox.env, registry.env)
  writeFileSync(join(sandbox.project, '.piko.yml'), config)
  return sandbox
}

/** Copies an example plugin without its build output. */
export function copyExample(name: string, folder: string): string {
  const root = join(folder, name)
  const isSource = (path: string) => !/\/(node_modules|dist|oclif\.manifest\.json|[^/]+\.tgz)$/.test(path)
  cpSync(resolve('examples', name), root, { recursive: true, filter: isSource })
  return root
}

/** Runs npm and returns its output. */
export function npm(folder: string, env: NodeJS.ProcessEnv, ...words: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync('npm', words, { cwd: folder, env, encoding: 'utf8' })
  expect(status, `npm ${words.join(' ')}\n${stdout}${stderr}`).to.equal(0)
  return stdout
}
