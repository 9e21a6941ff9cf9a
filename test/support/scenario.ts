import { requireEngine } from './engine.js'
import type { Ended } from './program.js'
import { type VolumeUsers, watchVolumeUsers } from './volume-users.js'
import { makeScratchProject, type ScratchOptions, type ScratchProject } from './scratch-project.js'

export interface Scenario {
  /** A new scratch project, removed at the end of the test with everything it has on the engine. */
  project(options?: ScratchOptions): Promise<ScratchProject>
}

/** Call it inside `describe`. When a test fails, every command it ran is printed with its output. */
export function useScenario(): Scenario {
  let projects: ScratchProject[] = []
  let transcript: Ended[] = []
  let users: VolumeUsers | undefined
  before(requireEngine)
  before(() => (users = watchVolumeUsers()))
  after(() => users?.stop())
  afterEach(function () {
    if (this.currentTest?.state === 'failed') for (const ended of transcript) console.error(textOf(ended))
    for (const project of projects) project.dispose()
    projects = []
    transcript = []
  })
  return {
    async project(options = {}) {
      const project = await makeScratchProject(options, ended => transcript.push(ended), users)
      projects.push(project)
      return project
    },
  }
}

function textOf({ command, exitCode, stdout, stderr }: Ended): string {
  return [`$ ${command.join(' ')}`, stdout, stderr, `(exit code ${exitCode})`].filter(Boolean).join('\n')
}
