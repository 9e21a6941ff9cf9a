import { createHash } from 'node:crypto'

/** The most characters that a slug has: two of them and a prefix fit a DNS label and every engine's names. */
const longest = 40
const hashLength = 6

/**
 * The project's name from its folder's: `[a-z0-9-]`, 1 to 40 characters, no dash at either end. A folder whose name
 * has no such letter gets `project-` and a short hash, so that two of them do not meet.
 */
export function projectSlug(folderName: string): string {
  const bare = folderName.normalize('NFKD').replaceAll(/\p{Mark}/gu, '')
  return shortened(dashed(bare) || `project-${shortHash(folderName)}`, folderName)
}

/** Lower case, with single dashes for everything that is no letter or digit of ASCII; may be empty. */
export function dashed(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
}

/** Cuts a slug that is too long and ends it with a short hash of the name that it stands for. */
export function shortened(slug: string, name: string): string {
  if (slug.length <= longest) return slug
  const head = slug.slice(0, longest - hashLength - 1).replace(/-$/, '')
  return `${head}-${shortHash(name)}`
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, hashLength)
}
