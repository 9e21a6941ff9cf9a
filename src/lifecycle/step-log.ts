import { appendFileSync, mkdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { privateModes } from '../system/write-file.js'

/** Appends the output of a step's programs to the step's log file, for use after a failure. */
export function openStepLog(folder: string, step: string): (line: string) => void {
  const file = stepLogFile(folder, step)
  let made = false
  return line => {
    if (!made) mkdirSync(dirname(file), { recursive: true, mode: privateModes.folder })
    made = true
    appendFileSync(file, `${line}\n`, { mode: privateModes.file })
  }
}

/** The output of a step's programs; undefined if there is none. */
export function readStepLog(folder: string, step: string): Promise<string | undefined> {
  return readFile(stepLogFile(folder, step), 'utf8').catch(() => undefined)
}

function stepLogFile(folder: string, step: string): string {
  return join(folder, `${step.replaceAll(':', '-')}.log`)
}
