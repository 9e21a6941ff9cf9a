// oclif in quick bundles: its modules are loaded when they are first used, as a command uses a dozen of the 65. Those that
// find and load plugins are left out: whatever needs them starts over without a quick bundle.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const SOURCES = /\/@oclif\/core\/lib\/.*\.js$/
// `const x = require('y')`, as TypeScript compiles an import. A class to extend is read from it at once.
const IMPORT =
  /^((?:const|var) \w+|exports\.\w+) = ((?:__importStar|__importDefault)\(require\("[^"]+"\)\)|require\("[^"]+"\));$/gm
// Compares Node's version with oclif's package.json, which is not in the bundle.
const NODE_CHECK = /^checkNodeVersion\(\);$/m

const LEFT_OUT =
  /^\.[./]*\/(config|config\/(config|plugin|plugin-loader|ts-path)|main|execute|module-loader|performance|errors\/handle)$/

const LIBRARY = /^(?!\.|node:|ansis|supports-color|@oclif)/

const LAZILY = `
function __lazily(load) {
  let module
  const loaded = () => (module ??= load())
  return new Proxy(function () {}, {
    get: (_, name) => loaded()[name],
    apply: (_, self, words) => Reflect.apply(loaded(), self, words),
  })
}
`

/** `hasHelp`: with the libraries that only help and the rendering of errors use. */
export function loadOclifLazily({ hasHelp }) {
  const isLeftOut = path => LEFT_OUT.test(path) || (!hasHelp && LIBRARY.test(path))
  return {
    name: 'load-oclif-lazily',
    setup(build) {
      // What oclif makes at once, but a quick command does not use.
      build.onResolve({ filter: /^\.\/action\/spinner$/ }, ({ resolveDir }) => ({
        path: join(resolveDir, 'action/simple.js'),
      }))
      build.onResolve({ filter: /^debug$/ }, ({ path }) => ({ path, namespace: 'silent' }))
      build.onLoad({ filter: /^debug$/, namespace: 'silent' }, () => ({
        contents: 'module.exports = () => () => undefined',
      }))
      build.onResolve({ filter: /^/ }, ({ path, importer }) =>
        SOURCES.test(importer) && isLeftOut(path) ? { path, namespace: 'left-out' } : undefined,
      )
      build.onLoad({ filter: SOURCES }, ({ path }) => {
        const text = readFileSync(path, 'utf8').replace(NODE_CHECK, '')
        const contents = text.replaceAll(IMPORT, (_, name, value) => `${name} = __lazily(() => ${value});`)
        return { contents: contents + LAZILY, loader: 'js' }
      })
    },
  }
}
