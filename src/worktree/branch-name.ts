import { tmpdir } from 'node:os'
import { git } from './git.js'

const answers = new Map<string, Promise<boolean>>()

/** Whether git accepts it as a branch name. `@` and `@{-1}` refer to something else, so they are rejected. */
export function isValidBranchName(name: string): Promise<boolean> {
  const answer = answers.get(name) ?? checkWithGit(name)
  answers.set(name, answer)
  return answer
}

async function checkWithGit(name: string): Promise<boolean> {
  if (name === '@' || name.includes('\0')) return false
  const answer = await git(tmpdir(), ['check-ref-format', '--branch', name], { accept: [1, 128] })
  return answer.exitCode === 0 && answer.stdout === name
}
