// What the package is to have, and nothing else. Chunks of the bundle have no names of their own.
const EXPECTED = [
  /^(package\.json|README\.md|LICENSE|CHANGELOG\.md|oclif\.manifest\.json)$/,
  /^bin\/run\.js$/,
  /^bundle\/([A-Z0-9]{8}|[a-z.-]+)\.js(\.map)?$/,
  /^bundle\/(packages\.json|LICENSES\.txt)$/,
  /^plugins\/caddy\/site\/(Caddyfile|[a-z]+\.html)$/,
  /^templates\/plugin\/(src|test)\/[a-z/-]+(\.test)?\.ts$/,
  /^templates\/plugin\/(package\.json|tsconfig\.json|README\.md|gitignore|manifest\.mjs)$/,
]

const REQUIRED = [
  'bin/run.js',
  'oclif.manifest.json',
  'bundle/packages.json',
  'bundle/LICENSES.txt',
  'bundle/commands.create.js',
  ...['caddy', 'compose', 'shared', 'tmux', 'volumes'].map(plugin => `bundle/${plugin}.plugin.js`),
  'plugins/caddy/site/Caddyfile',
]

/** Bytes of the tarball. */
const LIMIT = 3_000_000

/** Throws, naming what is too much and what is missing. `size` is that of the tarball in bytes. */
export function requireContents({ files, size }) {
  if (size > LIMIT) throw new Error(`the package has ${size} bytes; at most ${LIMIT} are allowed`)
  const strange = files.filter(path => !EXPECTED.some(pattern => pattern.test(path)))
  const missing = REQUIRED.filter(path => !files.includes(path))
  if (strange.length > 0) throw new Error(`not expected in the package: ${strange.join(', ')}`)
  if (missing.length > 0) throw new Error(`missing in the package: ${missing.join(', ')}`)
}
