import { git, splitNul } from './git.js'
import type { Repository } from './repository.js'

const FOLDER = '.piko'
/** A state that came with a commit came with one of the last ones checked out here. */
const REMEMBERED = 500

/** The files in `.piko` that git tracks in the main checkout, whatever their case. */
export async function findTracked({ mainCheckout }: Repository): Promise<readonly string[]> {
  const { stdout } = await git(mainCheckout, ['ls-files', '-z', '--', `:(top,icase)${FOLDER}`])
  return splitNul(stdout)
}

/** Whether a commit that was checked out in the main checkout has a `.piko`. */
export async function everTracked({ mainCheckout }: Repository): Promise<boolean> {
  const log = await git(mainCheckout, ['rev-list', '-g', `--max-count=${REMEMBERED}`, 'HEAD'], {
    accept: [128], // no commit yet
  })
  const commits = [...new Set(log.stdout.split('\n').filter(Boolean))]
  if (commits.length === 0) return false
  const input = commits.map(commit => `${commit}:${FOLDER}\n`).join('')
  const { stdout } = await git(mainCheckout, ['cat-file', '--batch-check=%(objecttype)'], { input })
  return stdout.split('\n').some(line => line === 'tree' || line === 'blob')
}
