import { createInterface } from 'node:readline/promises'
import { text } from 'node:stream/consumers'
import { Writable } from 'node:stream'
import { secretErrors } from '../errors/secrets.js'

/** Reads a secret without showing it on a terminal, or else all of stdin. Never from an argument, which others can see. */
export async function askSecret(what: string): Promise<string> {
  const given = process.stdin.isTTY ? await askHidden(what) : await text(process.stdin)
  const secret = given.replace(/\r?\n$/, '')
  if (secret === '') throw secretErrors.DEPLOY_SECRET_EMPTY({ what })
  return secret
}

async function askHidden(what: string): Promise<string> {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
  const terminal = createInterface({ input: process.stdin, output: silent, terminal: true })
  process.stderr.write(`${what}: `)
  try {
    return await terminal.question('')
  } finally {
    terminal.close()
    process.stderr.write('\n')
  }
}
