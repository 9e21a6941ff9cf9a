import type { Cell, Changes, Context } from '@piko/sdk'

/** Reads and writes this plugin's tables. */
type Reading = Pick<Context<unknown>, 'read'>
type Writing = Pick<Changes, 'transaction'>

export interface Attachment {
  readonly environment: string
  readonly service: string
  /** Its name on the engine. */
  readonly network: string
  readonly aliases: readonly string[]
}

/** Services that should run, whether or not an environment uses them. */
export function readServed(context: Reading): readonly string[] {
  return texts(
    context.read(tables => tables.all('SELECT service FROM shared_services ORDER BY service')),
    'service',
  )
}

export function addServed(
  context: Writing,
  services: readonly string[],
  { project, network }: { readonly project: string; readonly network: string },
): void {
  const sql = 'INSERT OR IGNORE INTO shared_services (project, service, network) VALUES (?, ?, ?)'
  context.transaction(tables => services.forEach(service => tables.run(sql, project, service, network)))
}

export function removeServed(context: Writing, services: readonly string[]): void {
  const sql = 'DELETE FROM shared_services WHERE service = ?'
  context.transaction(tables => services.forEach(service => tables.run(sql, service)))
}

export function recordContainers(
  context: Writing,
  containers: readonly { readonly service: string; readonly name: string }[],
): void {
  const sql = 'UPDATE shared_services SET container = ? WHERE service = ?'
  context.transaction(tables => containers.forEach(({ service, name }) => tables.run(sql, name, service)))
}

/** The environments that use a service, by service. */
export function readConsumers(context: Reading): ReadonlyMap<string, readonly string[]> {
  const sql = 'SELECT environment, service FROM shared_consumers ORDER BY environment'
  const consumers = new Map<string, string[]>()
  for (const row of context.read(tables => tables.all(sql))) {
    const service = String(row['service'])
    consumers.set(service, [...(consumers.get(service) ?? []), String(row['environment'])])
  }
  return consumers
}

/** Replaces the services that an environment uses. */
export function setConsumed(context: Writing, environment: string, services: readonly string[]): void {
  context.transaction(tables => {
    tables.run('DELETE FROM shared_consumers WHERE environment = ?', environment)
    const sql = 'INSERT INTO shared_consumers (environment, service) VALUES (?, ?)'
    services.forEach(service => tables.run(sql, environment, service))
  })
}

export function readAttachments(context: Reading): readonly Attachment[] {
  const sql =
    'SELECT environment, service, network, aliases FROM shared_attachments ORDER BY network, service'
  return context
    .read(tables => tables.all(sql))
    .map(row => ({
      environment: String(row['environment']),
      service: String(row['service']),
      network: String(row['network']),
      aliases: String(row['aliases']).split(' '), // no alias has a space
    }))
}

export function setAttachments(
  context: Writing,
  environment: string,
  attachments: readonly Omit<Attachment, 'environment'>[],
): void {
  context.transaction(tables => {
    tables.run('DELETE FROM shared_attachments WHERE environment = ?', environment)
    const sql = 'INSERT INTO shared_attachments (environment, service, network, aliases) VALUES (?, ?, ?, ?)'
    for (const { service, network, aliases } of attachments)
      tables.run(sql, environment, service, network, aliases.join(' '))
  })
}

function texts(rows: readonly Readonly<Record<string, Cell>>[], column: string): readonly string[] {
  return rows.map(row => String(row[column]))
}
