// Applies each file of migrations/ once, in the order of their names, each in a transaction.
import { readdirSync, readFileSync } from 'node:fs'
import { pool } from './index.js'

const folder = new URL('./migrations/', import.meta.url)

await pool.query('create table if not exists migrations (name text primary key)')
const { rows } = await pool.query('select name from migrations')
const applied = new Set(rows.map(({ name }) => name))

for (const name of readdirSync(folder).sort()) {
  if (applied.has(name)) continue
  const sql = readFileSync(new URL(name, folder), 'utf8')
  try {
    await pool.query(`begin; ${sql}; insert into migrations values ('${name}'); commit`)
  } catch (error) {
    console.error(`Migration ${name} failed: ${error.message}`)
    process.exit(1)
  }
  console.log(`Applied ${name}`)
}
await pool.end()
