import { Args, Flags } from '@oclif/core'
import { accessLine } from '@piko/sdk'
import { commandsToTrust } from '../environment/trust/commands.js'
import { type Consent, requireApproval } from '../environment/trust/consent.js'
import { identityToTrust, trustBranch } from '../environment/trust/trust-branch.js'
import { trustErrors } from '../errors/trust.js'
import { BaseCommand } from '../oclif/base-command.js'
import { type Approved, readApprovals, revoke } from '../trust/approvals.js'

export default class Trust extends BaseCommand {
  static override completes = ['branch'] as const
  static override summary = 'Approve what a branch, or .piko.yml, reaches on this machine'
  static override description =
    'With NAME, approves what that branch or environment reaches beyond the main checkout. Without NAME, approves the ' +
    'commands that .piko.yml of the main checkout runs on this machine. Prints what it approves; to see it before, run ' +
    '`piko create NAME --dry-run`. Approvals are kept in your state folder, not in the repository.'
  static override examples = [
    '<%= config.bin %> trust review-me',
    '<%= config.bin %> trust',
    '<%= config.bin %> trust --list',
    '<%= config.bin %> trust review-me --revoke',
  ]
  static override args = {
    name: Args.string({ description: 'Name of the branch or environment (default: .piko.yml)' }),
  }
  static override flags = {
    list: Flags.boolean({ summary: 'List what is approved in this project', exclusive: ['revoke'] }),
    revoke: Flags.boolean({ summary: 'Forget what was approved' }),
  }

  async run(): Promise<object> {
    const { args, flags } = await this.parse(Trust)
    if (flags.list) return this.list()
    return flags.revoke ? this.revoke(args.name) : this.approve(args.name)
  }

  private async approve(name: string | undefined): Promise<object> {
    const session = this.session()
    const workspace = await session.workspace()
    const approved: string[] = []
    const consent: Consent = {
      isGiven: false,
      ask: ({ items }) => {
        approved.push(...items)
        return Promise.resolve(true)
      },
    }
    const { version, narrator } = session
    if (name === undefined) await requireApproval(workspace, await commandsToTrust(workspace), consent)
    else await trustBranch({ workspace, version, narrator, name, consent })
    const about = name ?? '.piko.yml'
    this.log(approved.length === 0 ? `Nothing of ${about} needs approval` : `✓ Approved for ${about}:`)
    this.printLines(approved.map(item => `  ${accessLine(item)}`))
    return { name: name ?? null, approved }
  }

  private async list(): Promise<object> {
    const { machine, project } = await this.session().workspace({ tolerant: true })
    const approvals = readApprovals(machine, project.root)
    const names = [...new Set(approvals.map(({ about }) => about))]
    this.printLines(
      names.flatMap(name => [
        name === 'commands' ? '.piko.yml' : name.replace(/^branch /, ''),
        ...approvals.filter(({ about }) => about === name).map(({ item }) => `  ${accessLine(item)}`),
      ]),
    )
    if (approvals.length === 0) this.log('Nothing is approved in this project')
    return { approvals }
  }

  private async revoke(name: string | undefined): Promise<object> {
    const workspace = await this.session().workspace({ tolerant: true })
    const about: Approved =
      name === undefined ? 'commands' : `branch ${identityToTrust({ workspace, name }).branch}`
    const revoked = revoke(workspace.machine, workspace.project.root, about)
    if (revoked === 0)
      throw trustErrors.TRUST_NOTHING_TO_REVOKE({ about: name ?? '.piko.yml', command: 'piko trust --list' })
    this.log(`✓ Revoked what was approved for ${name ?? '.piko.yml'}`)
    return { name: name ?? null, revoked }
  }
}
