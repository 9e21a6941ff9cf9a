// CHANGELOG.md: turns "Unreleased" into the section of the release.

const HEAD = '## Unreleased'

/** The changelog with the release. Throws if nothing is unreleased or the version already exists. */
export function releaseChangelog(text, { version, date }) {
  const lines = text.split('\n')
  const start = lines.indexOf(HEAD)
  if (start < 0) throw new Error(`CHANGELOG.md has no "${HEAD}"`)
  if (lines.some(line => line.startsWith(`## ${version} `) || line === `## ${version}`))
    throw new Error(`CHANGELOG.md already has a section ${version}`)
  const next = lines.findIndex((line, index) => index > start && line.startsWith('## '))
  const section = lines.slice(start + 1, next < 0 ? undefined : next)
  if (section.every(line => line.trim() === ''))
    throw new Error(`CHANGELOG.md has nothing under "${HEAD}": there is nothing to release`)
  return [...lines.slice(0, start), HEAD, '', `## ${version} (${date})`, ...lines.slice(start + 1)].join('\n')
}
