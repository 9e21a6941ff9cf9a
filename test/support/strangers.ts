import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Files } from '../sandbox/repository.js'
import { makeScratchProject, type ScratchProject } from './scratch-project.js'

/** A service that runs nothing on a port, and nothing that reaches outside its worktree. */
export const plain: Files = {
  'compose.yaml': 'services:\n  web:\n    image: busybox\n    command: sleep 1d\n    ports: ["8080:80"]\n',
  '.gitignore': '.env\n',
}

/** A project cloned from a remote, in which others have pushed branches. Needs no engine with `--no-start`. */
export async function makeProjectOfMany(files: Files = plain, config = ''): Promise<ScratchProject> {
  const project = await makeScratchProject({ files, config, remote: true }, () => undefined)
  project.write('.env', 'SECRET=1\n')
  return project
}

export interface Pushed {
  readonly branch: string
  readonly files: Files
  /** The committer. Default: someone else. */
  readonly committer?: string
  /** Default: the remote that the project was cloned from. */
  readonly remote?: string
}

/** Someone pushes a branch, and the user fetches it. */
export async function push(project: ScratchProject, pushed: Pushed): Promise<void> {
  const { branch, files, committer = 'stranger@example.net', remote = 'origin' } = pushed
  const clone = join(project.folder, 'clone of a stranger')
  rmSync(clone, { recursive: true, force: true })
  mkdirSync(clone)
  const theirs = project.at(clone, { GIT_COMMITTER_EMAIL: committer, GIT_AUTHOR_EMAIL: committer })
  await theirs.git('clone', '--quiet', join(project.folder, 'remote.git'), '.')
  await theirs.git('switch', '--quiet', '--create', branch)
  await theirs.commit(files)
  const target = join(project.folder, remote === 'origin' ? 'remote.git' : `${remote}.git`)
  if (!existsSync(target)) {
    await project.run('git', 'init', '--quiet', '--bare', target)
    await project.git('remote', 'add', remote, target)
  }
  await theirs.git('push', '--quiet', '--force', target, branch)
  await project.git('fetch', '--quiet', remote)
}
