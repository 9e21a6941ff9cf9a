// The folder of a release: the repository itself or, in a dry run, a temporary copy.
import { spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { ROOT } from '../generated/packages.mjs'

/** A copy of the tracked and unignored files, with the same dependencies but its own workspaces. */
export function copyRepository() {
  const root = mkdtempSync(join(realpathSync(tmpdir()), 'piko-release-'))
  for (const path of filesOf(ROOT)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    cpSync(join(ROOT, path), join(root, path), { verbatimSymlinks: true })
  }
  linkDependencies(root)
  return { root, remove: () => rmSync(root, { recursive: true, force: true }) }
}

/** Returns a program's output. Throws with the output if it fails. */
export function run(root, command, args, options = {}) {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
    ...options,
  })
  if (status === 0) return stdout
  throw new Error(
    `\`${[command, ...args].join(' ')}\` failed\n${stdout ?? ''}${stderr ?? error?.message ?? ''}`,
  )
}

function filesOf(root) {
  const known = run(root, 'git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'])
  return known.split('\0').filter(path => path !== '' && existsSync(join(root, path)))
}

/** Dependencies are symlinks to the ones here; `@piko/…` are symlinks into the copy, as npm creates them. */
function linkDependencies(root) {
  const [from, to] = [join(ROOT, 'node_modules'), join(root, 'node_modules')]
  mkdirSync(join(to, '@piko'), { recursive: true })
  for (const name of readdirSync(from)) if (name !== '@piko') symlinkSync(join(from, name), join(to, name))
  symlinkSync('../../sdk', join(to, '@piko/sdk'))
  for (const name of readdirSync(join(root, 'plugins')))
    symlinkSync(`../../plugins/${name}`, join(to, '@piko', `plugin-${name}`))
}
