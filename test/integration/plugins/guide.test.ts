import { readFileSync } from 'node:fs'
import { type ConsolePage, parsePage, type ShownCommand } from '../../support/console-blocks.js'
import { type ConsoleSession, openSession } from '../../support/console-session.js'
import { type Registry, startRegistry } from '../../sandbox/registry.js'

const path = 'docs/guide/writing-a-plugin.md'

/**
 * The page's blocks: commands, and files to write. Commands are marked `console registry`, so that the test of the
 * other guides, which has no registry, skips them.
 */
function blocksOf(markdown: string): ConsolePage['blocks'] {
  const typed = markdown
    .replaceAll('```console registry\n', '```console\n')
    .replaceAll(/^```ts (\S+)\n([^]*?)^```$/gm, (_, file: string, text: string) => fileBlock(file, text))
  return parsePage(typed).blocks
}

/** Keeps the number of lines, so that a failure names the page's own. */
function fileBlock(file: string, text: string): string {
  const lines = text.split('\n').slice(0, -1)
  return [
    '```console',
    `$ cat > ${file} <<'END_OF_FILE'`,
    ...lines.map(line => `> ${line}`),
    '> END_OF_FILE',
    '```',
  ].join('\n')
}

describe(path, function () {
  this.timeout(240_000)
  let registry: Registry
  let session: ConsoleSession
  let environment: NodeJS.ProcessEnv
  let isBroken = false
  const type = (command: string): ShownCommand => ({ line: 0, command, expected: [] })

  before(async function () {
    registry = await startRegistry(this, { hasSdk: false }) // the page must not need it
    environment = { ...process.env }
    Object.assign(process.env, registry.env)
    session = openSession([])
    session.run(type('cd ..'))
  })
  after(async () => {
    session?.dispose()
    for (const name of Object.keys(registry?.env ?? {})) delete process.env[name]
    Object.assign(process.env, environment)
    await registry?.stop()
  })

  for (const { line, commands } of blocksOf(readFileSync(path, 'utf8'))) {
    it(`line ${line}: ${commands.map(({ command }) => command.split('\n', 1)[0]).join('; ')}`, function () {
      if (isBroken) {
        console.error('    SKIPPED: a block before it has failed, and it stands on what that makes')
        this.skip()
      }
      isBroken = true
      for (const command of commands) session.run(command)
      isBroken = false
    })
  }
})
