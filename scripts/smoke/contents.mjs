// What the package is to have, and nothing else. Of compiled modules only the folders are listed.
const EXPECTED = [
  /^(package\.json|README\.md|LICENSE|CHANGELOG\.md|oclif\.manifest\.json)$/,
  /^bin\/run\.js$/,
  /^dist\/[a-z/-]+(\.d\.ts|\.js)$/,
  /^templates\/plugin\/(src|test)\/[a-z/-]+(\.test)?\.ts$/,
  /^templates\/plugin\/(package\.json|tsconfig\.json|README\.md|gitignore|manifest\.mjs)$/,
  /^node_modules\/@piko\/(sdk|plugin-[a-z]+)\/(package|oclif\.manifest)\.json$/,
  /^node_modules\/@piko\/plugin-caddy\/site\/(Caddyfile|[a-z]+\.html)$/,
  /^node_modules\/@piko\/(sdk|plugin-[a-z]+)\/dist\/[a-z/-]+(\.d\.ts|\.js)$/,
]

const REQUIRED = [
  'bin/run.js',
  'oclif.manifest.json',
  'dist/commands/create.js',
  'node_modules/@piko/sdk/dist/index.js',
  'node_modules/@piko/plugin-compose/dist/plugin.js',
  'node_modules/@piko/plugin-compose/oclif.manifest.json',
  'node_modules/@piko/plugin-caddy/dist/plugin.js',
  'node_modules/@piko/plugin-caddy/oclif.manifest.json',
  'node_modules/@piko/plugin-caddy/site/Caddyfile',
  'node_modules/@piko/plugin-shared/dist/plugin.js',
  'node_modules/@piko/plugin-shared/oclif.manifest.json',
  'node_modules/@piko/plugin-tmux/dist/plugin.js',
  'node_modules/@piko/plugin-tmux/oclif.manifest.json',
  'node_modules/@piko/plugin-volumes/dist/plugin.js',
  'node_modules/@piko/plugin-volumes/oclif.manifest.json',
]

/** Throws, naming what is too much and what is missing. */
export function requireContents(files) {
  const strange = files.filter(path => !EXPECTED.some(pattern => pattern.test(path)))
  const missing = REQUIRED.filter(path => !files.includes(path))
  if (strange.length > 0) throw new Error(`not expected in the package: ${strange.join(', ')}`)
  if (missing.length > 0) throw new Error(`missing in the package: ${missing.join(', ')}`)
}
