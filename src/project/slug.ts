import { createHash } from 'node:crypto'

/** The maximum length of a slug: two of them and a prefix fit a DNS label and every engine's names. */
const maxLength = 40
const hashLength = 6

/**
 * The project's name, derived from its folder's: `[a-z0-9-]`, 1 to 40 characters, no dash at either end. A folder name
 * without such characters gives `project-` and a short hash, to avoid collisions.
 */
export function projectSlug(folderName: string): string {
  const bare = folderName.normalize('NFKD').replaceAll(/\p{Mark}/gu, '')
  return shortened(dashed(bare) || `project-${shortHash(folderName)}`, folderName)
}

/** Lower case, with single dashes in place of everything but ASCII letters and digits. May be empty. */
export function dashed(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
}

/** Shortens a slug that is too long and appends a short hash of its original name. */
export function shortened(slug: string, name: string): string {
  if (slug.length <= maxLength) return slug
  const head = slug.slice(0, maxLength - hashLength - 1).replace(/-$/, '')
  return `${head}-${shortHash(name)}`
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, hashLength)
}
