// A Homebrew formula of the packed package: facts from package.json and the tarball, nothing written by hand.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

/** Stands where no address of the tarball is known; a formula with it cannot be installed. */
export const PLACEHOLDER = 'TARBALL_URL'

/**
 * The formula's text. `url` is where the tarball will be; without one it is that of a release of the repository that
 * package.json names, else a placeholder. Native modules are built when it is installed, so install scripts run.
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

/** As Homebrew wants it: no article, no full stop, and no more than 80 characters together with the name. */
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
