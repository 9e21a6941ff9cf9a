import { definePlugin, defineStep, type StepContext } from '@piko/sdk'
import { copyFile, mkdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'

const shape = z.strictObject({ file: z.string() })
type Config = z.output<typeof shape>

const copy = defineStep({
  id: 'snapshots:copy',
  title: 'The database file',
  phase: 'data',
  holdsData: true,
  plan: () => Promise.resolve({ action: 'nothing', because: 'it has a database of its own' }),
  async do({ config, project, environment, transaction }: StepContext<Config>) {
    const file = join(environment.stateDir, config.file)
    await mkdir(dirname(file), { recursive: true })
    await copyFile(join(project.root, config.file), file)
    const { length } = await readFile(file)
    transaction(tables =>
      tables.run(
        'INSERT OR REPLACE INTO snapshots_files (environment, bytes) VALUES (?, ?)',
        environment.name,
        length,
      ),
    )
    return { file }
  },
  async undo({ environment, flags, project, remove, transaction }, receipt) {
    if (receipt && flags['save'] === true) {
      await copyFile(receipt.file, join(project.root, `${environment.name}.backup`))
    }
    if (receipt) await remove(receipt.file)
    transaction(tables => tables.run('DELETE FROM snapshots_files WHERE environment = ?', environment.name))
  },
})

export default definePlugin<Config>({
  name: 'snapshots',
  summary: 'Gives each environment a copy of a database file',
  config: {
    schema: shape,
    jsonSchema: () => ({
      type: 'object',
      properties: { file: { type: 'string' } },
      additionalProperties: false,
    }),
  },
  contributes: {
    variables: context => {
      const receipt = context.receipt(copy)
      return receipt ? { DATABASE_FILE: receipt.file } : {}
    },
    columns: ({ environment, read }) => {
      const [row] = read(tables =>
        tables.all('SELECT bytes FROM snapshots_files WHERE environment = ?', environment.name),
      )
      return row ? { Database: `${row['bytes']} B` } : {}
    },
  },
  steps: [copy],
  migrations: [
    {
      id: '1-files',
      sql: 'CREATE TABLE snapshots_files (environment TEXT PRIMARY KEY, bytes INTEGER NOT NULL) STRICT',
    },
  ],
})
