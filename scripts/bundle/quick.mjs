// The quick bundles: commands that start without oclif's configuration, each as one CommonJS file with all it needs.
// Node loads one such file in a fraction of the time that it takes for a few dozen modules.
import { join } from 'node:path'
import { ROOT } from '../generated/packages.mjs'
import { keepAssetPaths } from './assets.mjs'
import { loadOclifLazily } from './oclif.mjs'

const CORE_COMMANDS = ['env', 'path', 'run']
const SOURCES = join(ROOT, 'src')

/** Files that a quick bundle replaces, by their path in `src`. */
const REPLACED = { 'system/exec.ts': 'quick/exec.ts', 'oclif/session-of.ts': 'quick/session-of.ts' }

/** esbuild's options for them, besides those of the whole bundle: for the commands, and for help and mistakes. */
export function quickOptions(packages) {
  return [
    optionsOf(commandEntryPoints(packages), [commandEntries(packages), loadOclifLazily({ hasHelp: false })]),
    optionsOf(named(['before-oclif']), [loadOclifLazily({ hasHelp: true })]),
  ]
}

function optionsOf(entryPoints, plugins) {
  return {
    banner: { js: "const __url = require('node:url').pathToFileURL(__filename).href;" },
    define: { 'import.meta.url': '__url' },
    entryPoints,
    format: 'cjs',
    outExtension: { '.js': '.cjs' },
    plugins: [replaceFiles, leaveOutDynamicImports, findDriver, keepAssetPaths, ...plugins],
  }
}

function commandEntryPoints(packages) {
  return {
    'quick.start': join(SOURCES, 'start/start.ts'),
    ...named(['overview', 'command.list', 'command.autocomplete']),
    ...Object.fromEntries(
      sourcesOf(packages).map(({ id }) => [`quick.command.${id}`, `quick-command:${id}`]),
    ),
  }
}

/** `src/quick/NAME.ts` as `quick.NAME.cjs`. */
function named(names) {
  return Object.fromEntries(names.map(name => [`quick.${name}`, join(SOURCES, `quick/${name}.ts`)]))
}

/** The command classes that need no entry of their own. */
function sourcesOf(packages) {
  return packages.flatMap(({ root, owner, manifest }) => {
    const ids = owner === 'core' ? CORE_COMMANDS : (manifest.piko.quick ?? [])
    return ids.map(id => ({ id, source: join(root, `src/commands/${id}.ts`) }))
  })
}

const commandEntries = packages => ({
  name: 'command-entries',
  setup(build) {
    const sources = new Map(sourcesOf(packages).map(({ id, source }) => [id, source]))
    build.onResolve({ filter: /^quick-command:/ }, ({ path }) => ({
      path: path.slice('quick-command:'.length),
      namespace: 'quick-command',
    }))
    build.onLoad({ filter: /.*/, namespace: 'quick-command' }, ({ path: id }) => ({
      contents: `
        import Command from ${JSON.stringify(sources.get(id))}
        import { runCommand } from ${JSON.stringify(join(SOURCES, 'quick/run-command.ts'))}
        export const run = words => runCommand({ id: ${JSON.stringify(id)}, Command }, words)`,
      loader: 'ts',
      resolveDir: ROOT,
    }))
  },
})

const replaceFiles = {
  name: 'replace-files',
  setup(build) {
    build.onResolve({ filter: /\/(exec|session-of)\.js$/ }, ({ path, resolveDir, kind }) => {
      if (kind === 'dynamic-import') return undefined
      const file = join(resolveDir, path.replace(/\.js$/, '.ts'))
      const other = Object.entries(REPLACED).find(([replaced]) => file === join(SOURCES, replaced))?.[1]
      return other && { path: join(SOURCES, other) }
    })
  },
}

/** What a command loads when it needs it is not quick: piko then starts over with oclif. */
const leaveOutDynamicImports = {
  name: 'leave-out-dynamic-imports',
  setup(build) {
    build.onResolve({ filter: /^\./ }, ({ kind, path }) =>
      kind === 'dynamic-import' ? { path, namespace: 'left-out' } : undefined,
    )
    build.onLoad({ filter: /.*/, namespace: 'left-out' }, ({ path }) => ({
      contents: `throw new Error(${JSON.stringify(`${path} is left out of quick bundles`)})`,
    }))
  },
}

/** SQLite's driver, bundled except for its compiled part, which its own library searches for in a dozen places. */
const findDriver = {
  name: 'find-driver',
  setup(build) {
    build.onResolve({ filter: /^bindings$/ }, () => ({ path: 'bindings', namespace: 'driver' }))
    build.onLoad({ filter: /.*/, namespace: 'driver' }, () => ({
      contents: `
        const { createRequire } = require('node:module')
        const outside = createRequire(__url)
        module.exports = name => outside('better-sqlite3/build/Release/' + name)`,
    }))
  },
}
