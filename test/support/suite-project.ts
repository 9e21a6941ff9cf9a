import { requireEngine } from './engine.js'
import type { Files } from '../sandbox/repository.js'
import type { Ended } from './program.js'
import { makeScratchProject, type ScratchProject } from './scratch-project.js'

/** One project with the real piko for all tests of a suite. When a test fails, its commands are printed. */
export function useProject(
  files: Files,
  prepare: (project: ScratchProject) => Promise<unknown>,
): () => ScratchProject {
  let project: ScratchProject | undefined
  let transcript: Ended[] = []
  before(requireEngine)
  before(async () => {
    project = await makeScratchProject({ files }, ended => transcript.push(ended))
    await prepare(project)
  })
  beforeEach(() => void (transcript = []))
  afterEach(function () {
    if (this.currentTest?.state !== 'failed') return
    for (const { command, exitCode, stdout, stderr } of transcript)
      console.error([`$ ${command.join(' ')}`, stdout, stderr, `(exit code ${exitCode})`].join('\n'))
  })
  after(() => project?.dispose())
  return () => {
    if (!project) throw new Error('the project was not made')
    return project
  }
}
