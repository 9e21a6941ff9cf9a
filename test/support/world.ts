import { spawnSync } from 'node:child_process'
import { labelsText, type VolumeUsers } from './volume-users.js'

/** All that an engine has, sorted: names of containers, networks and volumes, and tags (else ids) of images. */
export interface EngineLists {
  readonly containers: readonly string[]
  readonly networks: readonly string[]
  readonly volumes: readonly string[]
  readonly images: readonly string[]
}

interface Thing {
  readonly name: string
  /** The names of the projects that its labels say it is of. */
  readonly projects: string
  readonly mounts: readonly string[]
}

/**
 * The engine's whole lists. What carries the label of a project that is not this test's (whose names hold `mark`) is left
 * out: others may be at work on the same engine. So is a nameless volume that no container of this test's was seen to use.
 */
export function readEngine(mark: string, users: Pick<VolumeUsers, 'projectsOf'>): EngineLists {
  const containers = readThings(['ps', '-a', '--no-trunc', '--format', `{{.Names}}\t${labels}\t{{.Mounts}}`])
  const own = containers.filter(({ projects }) => projects.includes(mark))
  const attached = new Set(own.flatMap(({ mounts }) => mounts))
  const isOurs = (name: string) => attached.has(name) || users.projectsOf(name).includes(mark)
  const volumes = readThings(['volume', 'ls', '--format', `{{.Name}}\t${labels}`])
  const networks = readThings(['network', 'ls', '--format', `{{.Name}}\t${labels}`])
  return {
    containers: namesOf(containers, mark),
    networks: namesOf(networks, mark),
    volumes: namesOf(volumes, mark).filter(name => !/^[0-9a-f]{64}$/.test(name) || isOurs(name)),
    images: namesOf(readImages(), mark),
  }
}

/** Removes what carries the label of one of this test's projects. */
export function clearEngine(mark: string): void {
  const ours = (things: readonly Thing[]) =>
    things.filter(({ projects }) => projects.includes(mark)).map(({ name }) => name)
  const remove = (words: readonly string[], names: readonly string[]) =>
    names.length > 0 && docker([...words, ...names])
  remove(['rm', '-f', '-v'], ours(readThings(['ps', '-a', '--format', `{{.Names}}\t${labels}`])))
  remove(['network', 'rm'], ours(readThings(['network', 'ls', '--format', `{{.Name}}\t${labels}`])))
  remove(['volume', 'rm', '-f'], ours(readThings(['volume', 'ls', '--format', `{{.Name}}\t${labels}`])))
  remove(['image', 'rm', '-f'], ours(readImages()))
}

const labels = '{{.Label "com.docker.compose.project"}} {{.Label "dev.piko.project"}}'

/** Of another project, by its label or the mark in its name; or with a name of Docker's own making, which nothing of piko's has. */
function isStranger({ projects, name }: Pick<Thing, 'projects' | 'name'>, mark: string): boolean {
  if (projects.trim() === '')
    return /^[a-z]+_[a-z]+\d?$/.test(name) || (/e2e[0-9a-f]{8}/.test(name) && !name.includes(mark))
  return !projects.includes(mark)
}

function namesOf(things: readonly Thing[], mark: string): readonly string[] {
  return things
    .filter(thing => !isStranger(thing, mark))
    .map(({ name }) => name)
    .sort()
}

function readThings(words: readonly string[]): readonly Thing[] {
  return docker(words)
    .split('\n')
    .filter(line => line !== '')
    .map(line => {
      const [name = '', projects = '', mounts = ''] = line.split('\t')
      return { name, projects, mounts: mounts.split(',') }
    })
}

/** Every tag; an image without one by its id. Tags of registries on this machine are those of other tests. */
function readImages(): readonly Thing[] {
  const ids = docker(['image', 'ls', '-aq', '--no-trunc']).split('\n').filter(Boolean)
  if (ids.length === 0) return []
  const lines = docker(['image', 'inspect', '--format', '{{json .}}', ...new Set(ids)])
    .split('\n')
    .filter(Boolean)
  return lines.flatMap(line => {
    const { Id, RepoTags, Config } = JSON.parse(line) as Inspected
    const names = RepoTags && RepoTags.length > 0 ? RepoTags : [Id]
    const lasting = names.filter(name => !name.startsWith('127.0.0.1:'))
    return lasting.map(name => ({ name, projects: labelsText(Config.Labels ?? {}), mounts: [] }))
  })
}

interface Inspected {
  readonly Id: string
  readonly RepoTags: readonly string[] | null
  readonly Config: { readonly Labels?: Readonly<Record<string, string>> | null }
}

/** What others remove between two calls makes the second fail for it, with the answer about the rest. */
function docker(words: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync('docker', words, { encoding: 'utf8', maxBuffer: 100_000_000 })
  if (status !== 0 && !/No such|not found|in progress/.test(stderr))
    throw new Error(`docker ${words.join(' ')}: ${stderr}`)
  return stdout
}
