import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect } from 'chai'
import { installPiko } from '../sandbox/piko.js'
import { type Files, readFiles } from '../sandbox/repository.js'
import type { Ended } from './program.js'
import type { Scenario } from './scenario.js'
import type { ScratchProject } from './scratch-project.js'
import { until } from './until.js'

/** A new user with a clone of an example and `piko` on the PATH. */
export interface Story {
  readonly project: ScratchProject
  /** Runs a line in the clone as if pasted into a shell. */
  paste(line: string): Promise<Ended>
  /** The same, expecting exit code 0; returns stdout. */
  pasteWell(line: string): Promise<string>
  /** Replaces a text in a file of an environment's worktree, or of the clone. */
  edit(place: string, change: { readonly path: string; readonly from: string; readonly to: string }): void
  /** Requests a service of an environment until the response contains the expected text. */
  seeAt(address: Address, awaited: string): Promise<string>
  urlOf(address: Address): Promise<string>
}

interface Address {
  readonly environment: string
  readonly service: string
  readonly path?: string
}

/** Call it inside a test; `scenario` removes the project. */
export async function beginStory(scenario: Scenario, example: string): Promise<Story> {
  const made = await scenario.project({ files: readExample(example), isUninitialized: true })
  const project = made.at(made.root, { PATH: installPiko(made.folder) })
  const paste = (line: string) => project.run('sh', '-c', line)
  const story: Story = {
    project,
    paste,
    async pasteWell(line) {
      const { exitCode, stdout, stderr } = await paste(line)
      expect(exitCode, `${line}: ${stderr}`).to.equal(0)
      return stdout
    },
    edit(place, { path, from, to }) {
      const file = join(place, path)
      const text = readFileSync(file, 'utf8')
      expect(text, path).to.contain(from)
      writeFileSync(
        file,
        text.replace(from, () => to),
      )
    },
    async urlOf({ environment, service, path = '/' }) {
      const variables = await project.json<Record<string, string>>('env', environment)
      return `http://127.0.0.1:${variables[`PIKO_${service.toUpperCase()}_PORT`]}${path}`
    },
    async seeAt(address, awaited) {
      const url = await story.urlOf(address)
      return until(`"${awaited}" at ${url}`, async () => {
        const text = await textAt(url)
        return text.includes(awaited) ? text : undefined
      })
    },
  }
  return story
}

/** The commands in the hints of a failure, in order. */
export function hintsOf({ stderr }: Ended): readonly string[] {
  return [...stderr.matchAll(/^↳ .*`([^`]+)`$/gm)].map(([, command = '']) => command)
}

async function textAt(url: string): Promise<string> {
  try {
    return await (await fetch(url, { signal: AbortSignal.timeout(5_000) })).text()
  } catch {
    return '' // nothing listens there yet
  }
}

/** The files of a clone of the example: all except those in its `.gitignore`. */
function readExample(name: string): Files {
  const ignored = /(^|\/)(node_modules|vendor|\.venv|\.env|__pycache__)(\/|$)/
  const files = Object.entries(readFiles(resolve('examples', name)))
  return Object.fromEntries(files.filter(([path]) => !ignored.test(path)))
}
