import { failure, type Failure } from '@piko/sdk'

export function blocksExhausted(facts: { base: number; limit: number; size: number }): Failure {
  return failure({
    code: 'PORTS_EXHAUSTED',
    message: `No block of ${facts.size} ports is free between ${facts.base} and ${facts.limit}`,
    hints: [
      'To use more of the port range, raise `ports.limit` or lower `ports.size` in .piko.yml',
      'To release what deleted projects still hold, run `piko doctor --fix`',
      'To see which environments hold ports, run `piko list --all`',
    ],
  })
}

export function subnetsExhausted(pool: string): Failure {
  return failure({
    code: 'SUBNETS_EXHAUSTED',
    message: `No subnet is free in ${pool}`,
    hints: [
      'To use another pool, set PIKO_SUBNET_POOL, such as `export PIKO_SUBNET_POOL=10.211.0.0/16`',
      'To release what deleted projects still hold, run `piko doctor --fix`',
    ],
  })
}

export function poolInvalid(pool: string): Failure {
  return failure({
    code: 'SUBNETS_POOL_INVALID',
    message: `PIKO_SUBNET_POOL is ${pool}, which is not a subnet of at most /24`,
    hints: ['To use the default pool, run `unset PIKO_SUBNET_POOL`'],
    kind: 'usage',
  })
}
