import semver from 'semver'

/**
 * A tag pattern: a semver range (`1.x`, `^2.1`, `>=1.2 <2`), a glob (`main-*`) or a fixed tag. A fixed tag may look like
 * a version: `1.2` is a tag, `1.2.x` a range.
 */
export function isPattern(text: string): boolean {
  return isGlob(text) || isRange(text)
}

/** The newest of the tags that fit. Versions are compared as such, other tags as text with numbers in it. */
export function newestTag(tags: readonly string[], pattern: string): string | undefined {
  if (isRange(pattern)) {
    const fit = tags.filter(tag => semver.valid(tag) !== null && semver.satisfies(tag, pattern))
    return fit.sort((a, b) => semver.compare(a, b) || compareTexts(a, b)).at(-1)
  }
  const glob = new RegExp(
    `^${pattern
      .split('*')
      .map(escaped)
      .join('.*')
      .replaceAll(String.raw`\?`, '.')}$`,
  )
  return tags
    .filter(tag => glob.test(tag))
    .sort(compareTexts)
    .at(-1)
}

function isGlob(text: string): boolean {
  return /[*?]/.test(text) && !isRange(text)
}

function isRange(text: string): boolean {
  return /[\^~<>| ]|(^|\.)[xX*](\.|$)/.test(text) && semver.validRange(text) !== null
}

function compareTexts(a: string, b: string): number {
  return new Intl.Collator('en', { numeric: true }).compare(a, b)
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
}
