// The least of PostgreSQL's wire protocol (version 3) that a query with parameters needs, for trust authentication.
import { connect } from 'node:net'

const LIMIT = 10_000

/** Runs one statement on a connection of its own; rows are objects whose values are text or null. */
export async function query(statement, values = []) {
  const user = 'postgres'
  const database = process.env.POSTGRES_DB
  const socket = connect({ host: 'db', port: 5432 })
  socket.setTimeout(LIMIT, () => socket.destroy(new Error(`The database did not answer in ${LIMIT} ms`)))
  // All is sent at once, the farewell too: the server answers in order and hangs up.
  socket.write(
    Buffer.concat([startup({ user, database }), ...extendedQuery(statement, values), message('X')]),
  )
  const chunks = []
  for await (const chunk of socket) chunks.push(chunk)
  return readRows(Buffer.concat(chunks))
}

function startup(parameters) {
  const pairs = Object.entries(parameters).flat().map(zeroEnded)
  const body = Buffer.concat([int32(0x00030000), ...pairs, Buffer.of(0)])
  return Buffer.concat([int32(body.length + 4), body])
}

function extendedQuery(statement, values) {
  const unnamed = Buffer.of(0)
  const arguments_ = values.map(value => sized(Buffer.from(String(value))))
  return [
    message('P', unnamed, zeroEnded(statement), int16(0)),
    message('B', unnamed, unnamed, int16(0), int16(values.length), ...arguments_, int16(0)),
    message('D', Buffer.from('P'), unnamed),
    message('E', unnamed, int32(0)),
    message('S'),
  ]
}

function readRows(answer) {
  let names = []
  let finished = false
  const rows = []
  for (const { type, body } of messages(answer)) {
    if (type === 'E') throw new Error(`The database refused: ${errorText(body)}`)
    if (type === 'R' && body.readInt32BE(0) !== 0) throw new Error('The database wants a password')
    if (type === 'T') names = columnNames(body)
    if (type === 'D') rows.push(row(names, body))
    if (type === 'C') finished = true
  }
  if (!finished) throw new Error('The database ended the connection early')
  return rows
}

function* messages(answer) {
  for (let at = 0; at + 5 <= answer.length;) {
    const end = at + 1 + answer.readInt32BE(at + 1)
    yield { type: String.fromCharCode(answer[at]), body: answer.subarray(at + 5, end) }
    at = end
  }
}

function columnNames(body) {
  const names = []
  for (let at = 2; names.length < body.readInt16BE(0);) {
    const end = body.indexOf(0, at)
    names.push(body.toString('utf8', at, end))
    at = end + 19 // the zero, then 18 bytes about the column's type
  }
  return names
}

function row(names, body) {
  let at = 2
  const next = () => {
    const length = body.readInt32BE(at)
    const start = at + 4
    at = start + Math.max(length, 0)
    return length < 0 ? null : body.toString('utf8', start, at)
  }
  return Object.fromEntries(names.map(name => [name, next()]))
}

function errorText(body) {
  const fields = body.toString().split('\0')
  return fields.find(field => field.startsWith('M'))?.slice(1) ?? 'no reason given'
}

const message = (type, ...parts) => Buffer.concat([Buffer.from(type), sized(Buffer.concat(parts), 4)])
const sized = (bytes, own = 0) => Buffer.concat([int32(bytes.length + own), bytes])
const zeroEnded = words => Buffer.from(`${words}\0`)

function int32(number) {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32BE(number)
  return bytes
}

function int16(number) {
  const bytes = Buffer.alloc(2)
  bytes.writeInt16BE(number)
  return bytes
}
