import { leaseErrors } from '../errors/leases.js'
import type { Database } from '../state/open.js'
import type { Owner } from './owner.js'

/** A range of host ports: `base` … `base + size - 1`. */
export interface Block {
  readonly base: number
  readonly size: number
}

export interface PortRange {
  readonly base: number
  readonly size: number
  /** The highest port that may be used. */
  readonly limit: number
}

/** The blocks that this owner holds, in the order leased. */
export function readBlocks(machine: Database, owner: Owner): readonly Block[] {
  return machine
    .prepare('SELECT base, size FROM blocks WHERE project = ? AND owner = ? ORDER BY rowid')
    .all(owner.project, owner.subject) as Block[]
}

/** Leases another block: the one that `id` maps to if it is free, else the lowest free one. */
export function leaseBlock(
  machine: Database,
  lease: { readonly owner: Owner; readonly id: number; readonly range: PortRange },
): Block {
  const work = machine.transaction(() => {
    const taken = machine.prepare('SELECT base, size FROM blocks').all() as Block[]
    const block = chooseBlock(taken, lease)
    if (!block) throw leaseErrors.PORTS_EXHAUSTED(lease.range)
    machine
      .prepare('INSERT INTO blocks (base, size, project, owner) VALUES (?, ?, ?, ?)')
      .run(block.base, block.size, lease.owner.project, lease.owner.subject)
    return block
  })
  return work.immediate()
}

/** Pure: the block for an environment's number, else the lowest free one. Undefined if all are taken. */
export function chooseBlock(
  taken: readonly Block[],
  { id, range }: { readonly id: number; readonly range: PortRange },
): Block | undefined {
  const { base, size, limit } = range
  const isFree = (block: Block) =>
    block.base + block.size - 1 <= limit &&
    taken.every(other => other.base + other.size <= block.base || block.base + block.size <= other.base)
  const wanted = { base: base + id * size, size }
  if (isFree(wanted)) return wanted
  const count = Math.floor((limit - base + 1) / size)
  for (let number = 1; number < count; number++) {
    const block = { base: base + number * size, size }
    if (isFree(block)) return block
  }
  return undefined
}
