import { execIn } from '../engine.js'
import type { At } from './server.js'

/** Runs SQL as the server's superuser. Statements are passed by stdin, since they may contain passwords. */
export async function runSql(at: At, sql: string, database = 'postgres'): Promise<string> {
  const options = ['-X', '-q', '-At', '-v', 'ON_ERROR_STOP=1']
  const words = ['psql', ...options, '-U', userOf(at.settings), '-d', database]
  return execIn(at.context, at.container, { words, input: `${sql}\n` })
}

/** The first cell of the result, if any. */
export async function query(at: At, sql: string): Promise<string | undefined> {
  const stdout = await runSql(at, `${sql};`)
  return stdout === '' ? undefined : stdout.split('\n')[0]
}

export function userOf(settings: Readonly<Record<string, string>>): string {
  return settings['POSTGRES_USER'] ?? 'postgres'
}

export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}
