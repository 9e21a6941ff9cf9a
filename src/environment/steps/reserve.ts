import { defineStep } from '@piko/sdk'
import { leaseBlock, readBlocks } from '../../leases/blocks.js'
import { releaseLeases } from '../../leases/owner.js'
import { registerWorktree } from '../../leases/worktrees.js'
import { subjectOf } from '../record.js'
import type { Workspace } from '../../workspace/open.js'

/** Leases what must be unique on the machine: a block of ports and the name of the Compose project. */
export function reserveStep({ machine, config, project }: Workspace) {
  const ownerOf = (name: string) => ({ project: project.id, subject: subjectOf(name) })
  return defineStep<unknown, { readonly project: string; readonly base: number }>({
    id: 'core:reserve',
    title: 'Reserving names and ports',
    undoTitle: 'Releasing ports and names',
    phase: 'reserve',
    plan({ environment }) {
      const holds = readBlocks(machine, ownerOf(environment.name)).length > 0
      return Promise.resolve(
        holds
          ? { action: 'nothing', because: 'the lease holds until `piko destroy`' }
          : { action: 'change', because: 'the registry of this machine has lost the lease' },
      )
    },
    do({ environment, claimName }) {
      const owner = ownerOf(environment.name)
      const [block = leaseBlock(machine, { owner, id: environment.id, range: config.ports })] = readBlocks(
        machine,
        owner,
      )
      registerWorktree(machine, environment.path, owner)
      const claimed = claimName('compose-project', `piko-${project.name}-${environment.name}`)
      return Promise.resolve({ project: claimed, base: block.base })
    },
    undo({ environment }) {
      releaseLeases(machine, ownerOf(environment.name))
      return Promise.resolve()
    },
  })
}
