import { Flags } from '@oclif/core'
import { readTerminal } from '@piko/sdk'
import { BaseCommand } from '../oclif/base-command.js'
import type { Shown } from '../host/follow-live.js'
import { gatherListed, type Listed } from '../host/gather-listed.js'
import { liveAnswer } from '../output/live.js'
import { listLines } from '../output/list.js'
import { formatFields, parseTemplate } from '../output/list-format.js'
import { problemText } from '../output/problem.js'
import { redrawOn } from '../output/redraw.js'

/** How long to wait for live state. On a terminal someone is waiting; elsewhere it was requested explicitly. */
const milliseconds = { terminal: 3000, elsewhere: 10_000 }

export default class List extends BaseCommand {
  static override summary = 'List environments'
  static override description =
    'Shows at once what piko has recorded. On a terminal, fills in what Docker and git say as it arrives, for at most 3 ' +
    'seconds: which services run, are unhealthy or were restarted; ↑ commits ahead of and ↓ behind the upstream branch, ' +
    'or else the default branch; * uncommitted files.\n\n' +
    `The fields of --format are ${formatFields.join(', ')}; \\t is a tab. A live field (ahead, behind, uncommitted, ` +
    'restarts, unhealthy) turns on --live.'
  static override hiddenAliases = ['ls']
  static override examples = [
    '<%= config.bin %> list',
    { description: 'Print JSON for a program', command: '<%= config.bin %> list --json' },
    { description: 'List those of every project on this machine', command: '<%= config.bin %> list --all' },
    { description: 'Print names and URLs', command: "<%= config.bin %> list --format '{{name}} {{url}}'" },
  ]
  static override flags = {
    all: Flags.boolean({ char: 'a', summary: 'List the environments of every project on this machine' }),
    format: Flags.string({
      summary: 'Print a line for each environment, by this template',
      helpValue: 'TEMPLATE',
      exclusive: ['json'],
    }),
    live: Flags.boolean({
      allowNo: true,
      summary: 'Ask Docker and git too (default on a terminal, without --json)',
    }),
    drawn: Flags.integer({
      hidden: true,
      summary: 'Lines of the list that are on the screen already',
      default: 0,
    }),
  }

  async run(): Promise<object> {
    const { flags } = await this.parse(List)
    const template = flags.format === undefined ? undefined : parseTemplate(flags.format)
    const isTerminal = process.stdout.isTTY && !this.jsonEnabled()
    const isLive = flags.live ?? (template ? template.isLive : isTerminal)
    const listed = await gatherListed(this.session(), { isAll: flags.all, isLive })
    const terminal = readTerminal(process.stdout)
    const show = (shown: Shown, isPending: boolean) =>
      listLines({ entries: listed.entries, live: isLive ? shown : undefined, isPending, terminal })
    const isDrawing = isLive && isTerminal && !template
    const drawing = redrawOn(process.stdout, flags.drawn)
    if (isDrawing && flags.drawn === 0) drawing.draw(show(new Map(), true))
    const { shown, problems: failed } = isLive
      ? await follow(listed, isTerminal, so => isDrawing && drawing.draw(show(so, true)))
      : { shown: new Map() as Shown, problems: [] }
    const problems = [...new Set(failed.map(problemText))]
    if (template) this.printLines(listed.entries.map(entry => template.line(entry, shown.get(entry))))
    else if (isDrawing) drawing.end(show(shown, false))
    else this.printLines(show(shown, false))
    this.printWarnings(listed, problems)
    return {
      environments: listed.entries.map(entry =>
        isLive ? { ...entry, live: liveAnswer(entry.status, shown.get(entry)) } : entry,
      ),
      ...(flags.all && { unreadable: listed.unreadable }),
      ...(isLive && { problems }),
    }
  }

  private printWarnings({ unreadable }: Listed, problems: readonly string[]): void {
    if (this.jsonEnabled()) return
    for (const { root, problem, isGone } of unreadable) {
      this.logToStderr(`! ${root}: ${problem}`)
      if (isGone) this.logToStderr('  ↳ To forget it, run `piko doctor --fix`')
    }
    for (const problem of problems) this.logToStderr(`! ${problem}`)
  }
}

/** Loaded only for live state, which takes longer anyway. */
async function follow(listed: Listed, isTerminal: boolean, changed: (shown: Shown) => void) {
  const { followLive } = await import('../host/follow-live.js')
  return followLive(listed, {
    milliseconds: isTerminal ? milliseconds.terminal : milliseconds.elsewhere,
    changed,
  })
}
