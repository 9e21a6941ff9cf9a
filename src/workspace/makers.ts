import { machineStateFile, projectStateFile } from '../state/databases.js'
import { openForReading } from '../state/open.js'

/** The plugins that have steps to undo, in the project or on the machine. Creates and migrates nothing. */
export function readMakers(root: string): ReadonlySet<string> {
  return new Set([projectStateFile(root), machineStateFile()].flatMap(pluginsIn))
}

function pluginsIn(file: string): readonly string[] {
  const database = openForReading(file)
  if (!database) return []
  try {
    return database.prepare('SELECT DISTINCT plugin FROM journal').pluck().all().map(String)
  } catch {
    return [] // no database yet, or a broken one: reported when it is opened
  } finally {
    database.close()
  }
}
