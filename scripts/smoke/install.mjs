import { spawn } from 'node:child_process'
import { cpSync, existsSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { say } from '../demo/narrate.mjs'
import { ROOT } from '../generated/packages.mjs'

const DRIVER = 'node_modules/better-sqlite3/build'

/**
 * `npm install --global` into a clean prefix, with the given Node. Returns `{node, command, env}` of the installed
 * piko. For the Node that ran `npm ci`, SQLite's driver is not compiled again.
 */
export async function install(node, { tarball, prefix }) {
  const isCompiled = node === process.execPath && existsSync(join(ROOT, DRIVER))
  const env = environmentOf(node)
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error', ...(isCompiled ? ['--ignore-scripts'] : [])]
  const words = ['install', '--global', '--prefix', prefix, ...quiet, tarball]
  const child = spawn('npm', words, { env, stdio: ['ignore', 'ignore', 'inherit'] })
  const code = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve))
  if (code !== 0) throw new Error(`npm with ${node} ended with ${code}`)
  if (isCompiled) {
    cpSync(join(ROOT, DRIVER), join(prefix, 'lib/node_modules/piko', DRIVER), { recursive: true })
  }
  say(`Installed with ${node}`)
  return { node, command: join(prefix, 'bin/piko'), env }
}

// Compiled modules use the headers next to this Node, if there are any.
function environmentOf(node) {
  const home = dirname(dirname(node))
  const headers = existsSync(join(home, 'include/node/node.h')) ? { npm_config_nodedir: home } : {}
  return { ...process.env, ...headers, PATH: `${dirname(node)}${delimiter}${process.env.PATH}` }
}
