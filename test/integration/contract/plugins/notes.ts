import { definePlugin, type Contributions } from '@piko/sdk'
import { modelFact } from './engine.js'

const contributes: Contributions<unknown> = {
  variables: (context): Readonly<Record<string, string>> => {
    const services = context.fact(modelFact)?.services ?? []
    return services.length > 0
      ? { NOTES_SEEN: services.join(' '), ENGINE_PORT: conflicting(context.flags) }
      : {}
  },
}

/** The same as the engine fake sets, unless the flag changes it. */
function conflicting(flags: Readonly<Record<string, unknown>>): string {
  return flags['conflict'] === true ? '1' : '9180'
}

export default definePlugin({
  name: 'notes',
  summary: 'Reads what others publish',
  detect: () => Promise.resolve({ wanted: true, because: 'it is a fake' }),
  contributes,
  migrations: [{ id: '1-lines', sql: 'CREATE TABLE notes_lines (line TEXT NOT NULL) STRICT' }],
})
