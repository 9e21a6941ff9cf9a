import pg from 'pg'

export const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL })

export async function listParcels() {
  const { rows } = await pool.query('select id, recipient, label from parcels order by id')
  return rows
}

export async function addParcel(recipient) {
  const { rows } = await pool.query(
    'insert into parcels (recipient) values ($1) returning id, recipient, label',
    [recipient],
  )
  return rows[0]
}

export async function labelParcel(id, label) {
  await pool.query('update parcels set label = $2 where id = $1', [id, label])
}
