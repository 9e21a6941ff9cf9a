import { readFile, stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { exec } from '../../system/exec.js'
import type { InstalledPackage } from '../candidate.js'
import { packageUnknown } from './errors.js'
import type { Spec } from './spec.js'

/** The package.json of what is about to be installed. Undefined where it can only be told afterwards: a git repository. */
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
  return (await exec('tar', ['-xzOf', path, 'package/package.json'])).stdout // npm packs all below `package/`
}

/** Undefined where the registry cannot be asked: npm itself will say why. Throws where it has no such package. */
async function fromRegistry(spec: string, registry: string | undefined): Promise<string | undefined> {
  if (spec.includes(':') || /^[^@][^/]*\//.test(spec)) return undefined // an address, or a repository of GitHub
  const from = registry === undefined ? [] : [`--registry=${registry}`]
  const options = { cwd: homedir(), allowFailure: true } // not the project's .npmrc
  const { stdout, exitCode } = await exec('npm', ['view', spec, '--json', ...from], options)
  if (exitCode !== 0 && codeOf(parse(stdout)) === 'E404') throw packageUnknown(spec)
  return exitCode === 0 ? stdout : undefined
}

/** npm's word for what went wrong. */
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

/** Of a range of versions npm lists all; the last one is what it installs. */
function lastOf(answer: unknown): unknown {
  return Array.isArray(answer) ? (answer as readonly unknown[]).at(-1) : answer
}
