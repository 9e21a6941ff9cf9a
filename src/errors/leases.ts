import { errorTable } from '@piko/sdk'

export const leaseErrors = errorTable({
  PORTS_EXHAUSTED: ({ base, limit, size }: { base: number; limit: number; size: number }) => ({
    message: `No block of ${size} ports is free between ${base} and ${limit}`,
    hints: [
      'To use more of the port range, raise `ports.limit` or lower `ports.size` in .piko.yml',
      'To release what deleted projects still hold, run `piko doctor --fix`',
      'To see which environments hold ports, run `piko list --all`',
    ],
  }),
  SUBNETS_EXHAUSTED: ({ pool }: { pool: string }) => ({
    message: `No subnet is free in ${pool}`,
    hints: [
      'To use another pool, set PIKO_SUBNET_POOL, such as `export PIKO_SUBNET_POOL=10.211.0.0/16`',
      'To release what deleted projects still hold, run `piko doctor --fix`',
    ],
  }),
  SUBNETS_POOL_INVALID: ({ pool }: { pool: string }) => ({
    message: `PIKO_SUBNET_POOL is ${pool}, which is not a subnet of at most /24`,
    hints: ['To use the default pool, run `unset PIKO_SUBNET_POOL`'],
    kind: 'usage',
  }),
})
