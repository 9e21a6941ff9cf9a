// The Homebrew formula of the packed package, generated from package.json and the tarball.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

/** Placeholder for an unknown tarball URL. A formula with it cannot be installed. */
export const PLACEHOLDER = 'TARBALL_URL'

/**
 * The formula's text. `url` is the future URL of the tarball; by default a release of the repository in package.json,
 * otherwise a placeholder. Native modules are built on installation, so install scripts run.
 */
export function formulaOf(manifest, { tarball, file, url }) {
  const home = homepageOf(manifest)
  const address = url ?? releaseUrl(manifest, file) ?? PLACEHOLDER
  const sha256 = createHash('sha256').update(readFileSync(tarball)).digest('hex')
  const name = manifest.name
  return [
    `class ${className(name)} < Formula`,
    `  desc "${description(manifest)}"`,
    ...(home === undefined ? [] : [`  homepage "${home}"`]),
    `  url "${address}"`,
    `  version "${manifest.version}"`,
    `  sha256 "${sha256}"`,
    `  license "${manifest.license}"`,
    '',
    '  depends_on "node"',
    '',
    '  def install',
    '    system "npm", "install", *std_npm_args(ignore_scripts: false)',
    '    bin.install_symlink Dir["#{libexec}/bin/*"]',
    '  end',
    '',
    '  test do',
    `    assert_match version.to_s, shell_output("#{bin}/${name} --version")`,
    '  end',
    'end',
    '',
  ].join('\n')
}

function className(name) {
  return name.replaceAll(/(^|[-_])([a-z0-9])/g, (_, __, letter) => letter.toUpperCase())
}

/** In Homebrew's style: no article, no full stop, at most 80 characters including the name. */
function description({ name, description: text }) {
  const plain = text
    .replace(/^(An?|The) /, '')
    .replace(/\.$/, '')
    .replaceAll('"', '\\"')
  const first = plain.charAt(0).toUpperCase() + plain.slice(1)
  return name.length + first.length + 2 <= 80 ? first : (first.split(/[:;]/)[0] ?? first)
}

function homepageOf({ homepage, repository }) {
  return homepage ?? repositoryUrl(repository)
}

function releaseUrl({ repository, version }, file) {
  const base = repositoryUrl(repository)
  return base === undefined ? undefined : `${base}/releases/download/v${version}/${file}`
}

function repositoryUrl(repository) {
  const url = typeof repository === 'string' ? repository : repository?.url
  return url?.replace(/^git\+/, '').replace(/\.git$/, '')
}
