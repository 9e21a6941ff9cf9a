import { parse } from 'dotenv'
import { readFile, stat } from 'node:fs/promises'
import { delimiter, dirname, isAbsolute, join, resolve } from 'node:path'
import type { ComposeConfig } from '../config.js'
import type { Choice, Invocation } from '../contract.js'
import { fileErrors } from '../errors/files.js'

/** In Compose's order of preference. */
export const defaultFiles = [
  'compose.yaml',
  'compose.yml',
  'docker-compose.yaml',
  'docker-compose.yml',
] as const

/** Used whatever the base file is called. */
const defaultOverrides = [
  'compose.override.yml',
  'compose.override.yaml',
  'docker-compose.override.yml',
  'docker-compose.override.yaml',
] as const

export interface Checkout {
  /** The worktree. */
  readonly path: string
  /** The environment's variables. They override `.env`, as a shell's would. */
  readonly variables: Readonly<Record<string, string>>
}

/** The configuration with the requested profiles in place of its own. */
export function withProfiles(config: ComposeConfig, { profiles }: Choice): ComposeConfig {
  return profiles ? { ...config, profiles: [...profiles] } : config
}

/** The files and profiles that Compose would use here. `-f` disables Compose's own search, so piko does it. */
export async function readInvocation(
  config: ComposeConfig,
  checkout: Checkout,
): Promise<Omit<Invocation, 'project'>> {
  const directory = resolve(checkout.path, config.dir)
  const named = await readEnvFiles(config, directory)
  const variables = { ...named.variables, ...checkout.variables }
  const configured = config.files ?? composeFile(variables)
  const files = configured ? await requireFiles(directory, configured) : await findDefaults(directory)
  const projectDirectory = dirname(files[0] ?? directory)
  const profiles = config.profiles ?? split(variables['COMPOSE_PROFILES'], ',')
  const envFiles = named.given ? named.files : await findDotenv(directory, projectDirectory)
  return { directory, projectDirectory, files, envFiles, profiles }
}

/** The variables that Compose interpolates, except the shell's. */
export async function readVariables(
  config: ComposeConfig,
  checkout: Checkout,
): Promise<Readonly<Record<string, string>>> {
  const { variables } = await readEnvFiles(config, resolve(checkout.path, config.dir))
  return { ...variables, ...checkout.variables }
}

async function readEnvFiles(config: ComposeConfig, directory: string) {
  const given = config.env_file !== undefined
  const files = [config.env_file ?? '.env'].flat().map(file => resolve(directory, file))
  const variables: Record<string, string> = {}
  for (const file of files) {
    const text = await readFile(file).catch(() => undefined)
    if (text === undefined && given)
      throw fileErrors.COMPOSE_ENV_FILE_MISSING({ file, because: 'compose.env_file of .piko.yml names it' })
    Object.assign(variables, parse(text ?? ''))
  }
  return { given, files, variables }
}

/** Compose reads `.env` where it runs and in the folder of its first file; with a project directory, only there. */
async function findDotenv(directory: string, projectDirectory: string): Promise<readonly string[]> {
  if (directory === projectDirectory) return []
  const files = [join(projectDirectory, '.env'), join(directory, '.env')]
  const exists = await Promise.all(files.map(isFile))
  return files.filter((_, index) => exists[index])
}

function composeFile(variables: Readonly<Record<string, string>>): readonly string[] | undefined {
  const files = split(variables['COMPOSE_FILE'], variables['COMPOSE_PATH_SEPARATOR'] ?? delimiter)
  return files.length === 0 ? undefined : files
}

function split(list: string | undefined, separator: string): readonly string[] {
  return (list ?? '')
    .split(separator)
    .map(entry => entry.trim())
    .filter(entry => entry !== '')
}

async function requireFiles(directory: string, files: readonly string[]): Promise<readonly string[]> {
  const paths = files.map(file => (isAbsolute(file) ? file : resolve(directory, file)))
  for (const path of paths) if (!(await isFile(path))) throw fileErrors.COMPOSE_FILE_MISSING({ path })
  return paths
}

async function findDefaults(directory: string): Promise<readonly string[]> {
  const base = await firstFile(directory, defaultFiles)
  if (!base) throw fileErrors.COMPOSE_FILE_MISSING({ directory, names: defaultFiles })
  const override = await firstFile(directory, defaultOverrides)
  return override ? [base, override] : [base]
}

async function firstFile(directory: string, names: readonly string[]): Promise<string | undefined> {
  for (const name of names) if (await isFile(join(directory, name))) return join(directory, name)
  return undefined
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isFile() ?? false
}
