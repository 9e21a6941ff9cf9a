import type { Json, Step } from '@piko/sdk'
import { stepLaws, type World } from '@piko/sdk/testing'
import { access, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { addRecord, findRecord } from '#src/environment/record.js'
import { environmentScope } from '#src/environment/scope.js'
import { checkoutStep } from '#src/environment/steps/checkout.js'
import { dependenciesStep } from '#src/environment/steps/dependencies.js'
import { envFileStep } from '#src/environment/steps/env-file.js'
import { reserveStep } from '#src/environment/steps/reserve.js'
import type { ActivePlugin } from '#src/lifecycle/active-plugin.js'
import { type FullContext, makeContext } from '#src/lifecycle/context.js'
import { openWorkspace, type Workspace } from '#src/workspace/open.js'
import { type GitBed, useGit } from '../../support/git.js'

const core: ActivePlugin = {
  name: 'core',
  packageName: 'piko',
  version: '0.0.0',
  definition: { name: 'core', summary: 'core' },
  config: {},
  because: 'always',
}

describe("core's own steps", () => {
  const bed = useGit()
  for (const [name, step] of Object.entries({
    reserve: reserveStep,
    checkout: checkoutStep,
    envFile: envFileStep,
    dependencies: dependenciesStep,
  })) {
    const id = step({ config: { env: {} } } as unknown as Workspace).id // nothing else is read before `do`
    const laws = stepLaws<FullContext>(
      lateStep(id, workspace => step(workspace)),
      () => makeWorld(bed, { withWorktree: name === 'envFile' || name === 'dependencies' }),
    )
    for (const law of laws) it(`${name} ${law.name}`, law.run)
  }
})

const workspaces = new WeakMap<FullContext, Workspace>()

/** The steps close over a workspace, which is new for each law. */
function lateStep(id: string, stepFor: (workspace: Workspace) => Step) {
  const stepOf = (context: FullContext) => {
    const workspace = workspaces.get(context)
    if (!workspace) throw new Error('this context was not made here')
    return stepFor(workspace)
  }
  return {
    id,
    do: (context: FullContext, before: Json | undefined) => stepOf(context).do(context, before),
    undo: (context: FullContext, receipt: Json | undefined) => stepOf(context).undo(context, receipt),
  }
}

async function makeWorld(
  bed: GitBed,
  { withWorktree }: { withWorktree: boolean },
): Promise<World<FullContext>> {
  process.env['XDG_STATE_HOME'] = join(bed.folder, 'state')
  const { mainCheckout: root } = bed.repository()
  bed.write(root, '.piko.yml', 'plugins: []\nenv: { WHO: "${name}" }\ndependencies: { lib: copy }\n')
  bed.commit(root, '.gitignore', '.env\nlib\n')
  bed.write(root, 'lib/a', 'of main')
  const workspace = await openWorkspace({ folder: root, packages: [] })
  const path = join(root, '.piko', 'worktrees', 'a')
  if (!findRecord(workspace.state, 'a')) addRecord(workspace.state, { name: 'a', branch: 'a', path })
  const scope = environmentScope({ workspace, name: 'a', plugins: [core] })
  const signal = new AbortController().signal
  const context = makeContext(scope, { plugin: core, step: 'core:law', verb: 'rollback', signal })
  workspaces.set(context, workspace)
  if (withWorktree) bed.git(root, 'worktree', 'add', '--quiet', '-b', 'a', path)
  return {
    context,
    observe: async () => ({
      worktrees: bed.git(root, 'worktree', 'list', '--porcelain'),
      branches: bed.git(root, 'branch', '--format=%(refname)'),
      isThere: await access(path).then(
        () => true,
        () => false,
      ),
      lib: await readFile(join(path, 'lib/a'), 'utf8').catch(() => null),
      env: await readFile(join(path, '.env'), 'utf8').catch(() => null),
      leases: ['blocks', 'names', 'worktrees'].map(table => {
        return workspace.machine.prepare(`SELECT * FROM ${table}`).all() as unknown as Json
      }),
    }),
    dispose: async () => workspace.close(),
  }
}
