// The least of Redis's protocol (RESP 2) that one command and its answer need.
import { connect } from 'node:net'

const LIMIT = 10_000

/** Runs one command on a connection of its own; an answer is a string, a number, null or a list of these. */
export async function command(...words) {
  const socket = connect({ host: 'redis', port: 6379 })
  socket.setTimeout(LIMIT, () => socket.destroy(new Error(`Redis did not answer in ${LIMIT} ms`)))
  socket.write(encode(words))
  let answer = Buffer.alloc(0)
  for await (const chunk of socket) {
    answer = Buffer.concat([answer, chunk])
    const reply = readReply(answer, 0)
    if (reply === undefined) continue
    if (reply.value instanceof Error) throw reply.value
    return reply.value // leaving the loop closes the connection
  }
  throw new Error('Redis ended the connection early')
}

function encode(words) {
  const parts = words.map(String).map(word => `$${Buffer.byteLength(word)}\r\n${word}\r\n`)
  return `*${words.length}\r\n${parts.join('')}`
}

/** The reply that begins at an offset and where it ends, or undefined while bytes are missing. */
function readReply(bytes, start) {
  const lineEnd = bytes.indexOf('\r\n', start)
  if (lineEnd < 0) return undefined
  const line = bytes.toString('utf8', start + 1, lineEnd)
  const end = lineEnd + 2
  switch (String.fromCharCode(bytes[start])) {
    case '+':
      return { value: line, end }
    case '-':
      return { value: new Error(`Redis refused: ${line}`), end }
    case ':':
      return { value: Number(line), end }
    case '$':
      return readText(bytes, end, Number(line))
    case '*':
      return readList(bytes, end, Number(line))
    default:
      throw new Error('Redis sent an unknown kind of answer')
  }
}

function readText(bytes, start, length) {
  if (length < 0) return { value: null, end: start }
  const end = start + length + 2
  return bytes.length < end ? undefined : { value: bytes.toString('utf8', start, end - 2), end }
}

function readList(bytes, start, length) {
  if (length < 0) return { value: null, end: start }
  const value = []
  let end = start
  while (value.length < length) {
    const reply = readReply(bytes, end)
    if (reply === undefined) return undefined
    value.push(reply.value)
    end = reply.end
  }
  return { value, end }
}
