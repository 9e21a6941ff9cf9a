import { readFile, stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { installErrors } from '../../errors/install.js'
import { exec } from '../../system/exec.js'
import type { InstalledPackage } from '../candidate.js'
import type { Spec } from './spec.js'

/**
 * The package.json of a package before its installation. Undefined if it can be read only afterwards, as for a git
 * repository.
 */
export async function readPackage(
  { spec, path }: Spec,
  registry: string | undefined,
): Promise<InstalledPackage | undefined> {
  const text = await (path === undefined
    ? fromRegistry(spec, registry)
    : fromDisk(path).catch(() => undefined))
  if (text === undefined) return undefined
  const pjson = lastOf(parse(text))
  if (typeof pjson !== 'object' || pjson === null || !('name' in pjson)) return undefined
  const version: unknown = Reflect.get(pjson, 'version')
  return { name: String(pjson.name), version: String(version), root: path ?? '', pjson }
}

async function fromDisk(path: string): Promise<string> {
  if ((await stat(path)).isDirectory()) return readFile(join(path, 'package.json'), 'utf8')
  return (await exec('tar', ['-xzOf', path, 'package/package.json'])).stdout // npm packs everything below `package/`
}

/** Undefined if the registry cannot be reached: npm itself reports why. Throws if it has no such package. */
async function fromRegistry(spec: string, registry: string | undefined): Promise<string | undefined> {
  if (spec.includes(':') || /^[^@][^/]*\//.test(spec)) return undefined // a URL or a GitHub repository
  const from = registry === undefined ? [] : [`--registry=${registry}`]
  const options = { cwd: homedir(), allowFailure: true } // ignores the project's .npmrc
  const { stdout, exitCode } = await exec('npm', ['view', spec, '--json', ...from], options)
  if (exitCode !== 0 && codeOf(parse(stdout)) === 'E404') throw installErrors.PLUGIN_PACKAGE_UNKNOWN({ spec })
  return exitCode === 0 ? stdout : undefined
}

/** npm's error code. */
function codeOf(answer: unknown): unknown {
  if (typeof answer !== 'object' || answer === null || !('error' in answer)) return undefined
  const { error } = answer
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** For a version range, npm lists all matches and installs the last one. */
function lastOf(answer: unknown): unknown {
  return Array.isArray(answer) ? (answer as readonly unknown[]).at(-1) : answer
}
