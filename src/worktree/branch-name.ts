import { tmpdir } from 'node:os'
import { git } from './git.js'

/** Names that are valid without asking git: none of its rules applies. It rejects `HEAD`, but that is upper-case. */
const plainName = /^[a-z\d]+(?:-[a-z\d]+)*$/

const answers = new Map<string, Promise<boolean>>()

/** Whether git accepts it as a branch name. `@` and `@{-1}` refer to something else, so they are rejected. */
export function isValidBranchName(name: string): Promise<boolean> {
  const answer = answers.get(name) ?? checkWithGit(name)
  answers.set(name, answer)
  return answer
}

async function checkWithGit(name: string): Promise<boolean> {
  if (name === '@' || name.includes('\0')) return false
  if (plainName.test(name)) return true
  const answer = await git(tmpdir(), ['check-ref-format', '--branch', name], { accept: [1, 128] })
  return answer.exitCode === 0 && answer.stdout === name
}
