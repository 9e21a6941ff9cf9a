// The expected contents of the package. Chunks of the bundle have no fixed names.
const EXPECTED = [
  /^(package\.json|README\.md|LICENSE|CHANGELOG\.md|oclif\.manifest\.json)$/,
  /^bin\/(run\.js|package\.json)$/,
  /^bundle\/([A-Z0-9]{8}|[a-z.-]+)\.c?js(\.map)?$/,
  /^bundle\/((packages|oclif)\.json|LICENSES\.txt)$/,
  /^plugins\/caddy\/site\/(Caddyfile|[a-z]+\.html)$/,
  /^templates\/plugin\/(src|test)\/[a-z/-]+(\.test)?\.ts$/,
  /^templates\/plugin\/(package\.json|tsconfig\.json|README\.md|gitignore|manifest\.mjs)$/,
]

const REQUIRED = [
  'bin/run.js',
  'oclif.manifest.json',
  'bin/package.json',
  'bundle/oclif.json',
  'bundle/packages.json',
  'bundle/quick.start.cjs',
  'bundle/LICENSES.txt',
  'bundle/commands.create.js',
  ...['caddy', 'compose', 'shared', 'tmux', 'volumes'].map(plugin => `bundle/${plugin}.plugin.js`),
  'plugins/caddy/site/Caddyfile',
]

/** Size of the tarball in bytes. */
const LIMIT = 3_000_000

/** Throws, naming unexpected and missing files. `size` is the tarball's, in bytes. */
export function requireContents({ files, size }) {
  if (size > LIMIT) throw new Error(`the package has ${size} bytes; at most ${LIMIT} are allowed`)
  const strange = files.filter(path => !EXPECTED.some(pattern => pattern.test(path)))
  const missing = REQUIRED.filter(path => !files.includes(path))
  if (strange.length > 0) throw new Error(`not expected in the package: ${strange.join(', ')}`)
  if (missing.length > 0) throw new Error(`missing in the package: ${missing.join(', ')}`)
}
