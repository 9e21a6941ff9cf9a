/** Thrown where a quick command ends: piko starts over with oclif, which must not repeat anything. */
export class NotQuick extends Error {}

export function notQuick(): never {
  throw new NotQuick('more is needed than a quick command has')
}

/** Shows with `DEBUG=piko:*` why piko starts over. */
export function debugNotQuick(error: unknown): void {
  if (!process.env['DEBUG']?.includes('piko')) return
  process.stderr.write(
    `piko: starting over with oclif: ${error instanceof Error ? error.stack : String(error)}\n`,
  )
}
