import type { PortRequest } from '@piko/sdk'
import { expect } from 'chai'
import { join } from 'node:path'
import type { ActivePlugin } from '#src/lifecycle/active-plugin.js'
import { makeContext } from '#src/lifecycle/context.js'
import type { Scope } from '#src/lifecycle/scope.js'
import { projectScope } from '#src/runs/project-scope.js'
import { runScope } from '#src/runs/run-scope.js'
import { openWorkspace, type Workspace } from '#src/workspace/open.js'
import { failureOf, useGit } from '../../support/git.js'

const plugin: ActivePlugin = {
  name: 'greeter',
  packageName: 'piko-plugin-greeter',
  version: '0.0.0',
  definition: { name: 'greeter', summary: 'Greets' },
  config: {},
  because: 'always',
}
const port: PortRequest = { service: 'web', port: 80, protocol: 'tcp' }

describe('a context without an environment', () => {
  const bed = useGit()

  async function withWorkspace(work: (workspace: Workspace) => Promise<void>): Promise<void> {
    process.env['XDG_STATE_HOME'] = join(bed.folder, 'state')
    const workspace = await openWorkspace({ folder: bed.repository().mainCheckout, packages: [] })
    await work(workspace).finally(() => workspace.close())
  }

  function contextOf(scope: Scope) {
    return makeContext(scope, { plugin, verb: 'run', signal: new AbortController().signal })
  }

  const codeOf = async (work: () => unknown) => (await failureOf(Promise.resolve().then(work))).code

  it("refuses what needs one, in a project's context", () =>
    withWorkspace(async workspace => {
      const context = contextOf(projectScope(workspace, [plugin]))
      expect(context.subject).to.deep.equal({ kind: 'project' })
      expect(await codeOf(() => context.environment)).to.equal('RUN_HAS_NO_ENVIRONMENT')
      expect(await codeOf(() => context.assignPorts([port]))).to.equal('RUN_HAS_NO_ENVIRONMENT')
      expect(await codeOf(() => context.hideFromGit('x'))).to.equal('RUN_HAS_NO_ENVIRONMENT')
    }))

  it('refuses what needs one, in a run; a run about the machine has no ports either', () =>
    withWorkspace(async workspace => {
      const share = contextOf(runScope(workspace, { run: { id: 'greeter.share', subject: 'project' } }))
      expect(await codeOf(() => share.environment)).to.equal('RUN_HAS_NO_ENVIRONMENT')
      expect(Object.keys(await share.assignPorts([port]))).to.deep.equal(['web:80/tcp'])
      const proxy = contextOf(runScope(workspace, { run: { id: 'greeter.proxy', subject: 'machine' } }))
      expect(await codeOf(() => proxy.assignPorts([port]))).to.equal('RUN_HAS_NO_ENVIRONMENT')
    }))

  it('can be copied with a replacement for the environment', () =>
    withWorkspace(async workspace => {
      const copy = { ...contextOf(projectScope(workspace, [plugin])), environment: 'another' }
      expect(copy.environment).to.equal('another')
      expect(copy.project.root).to.equal(workspace.project.root)
    }))
})
