import * as z from 'zod'

/**
 * A backup is a tar archive: this manifest, then `volumes/KEY/…` for each volume, then the checksums. Any tar program
 * can read it.
 */
export const names = { manifest: 'piko-backup.json', checksums: 'piko-checksums.json' } as const

export function folderOf(key: string): string {
  return `volumes/${key}`
}

const manifest = z.object({
  version: z.literal(1),
  project: z.string(),
  environment: z.string(),
  branch: z.string(),
  /** ISO 8601, UTC. */
  created: z.string(),
  volumes: z.array(
    z.object({
      key: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/),
      /** Its name on the engine where it was backed up. */
      name: z.string(),
      how: z.enum(['tar', 'archive']),
    }),
  ),
})
export type Manifest = z.output<typeof manifest>

const checksums = z.object({
  /** Checksum of the manifest as stored in the archive. */
  manifest: z.string(),
  /** Checksums of each volume's part of the archive, headers included. */
  volumes: z.record(z.string(), z.object({ sha256: z.string(), entries: z.number(), bytes: z.number() })),
})
export type Checksums = z.output<typeof checksums>

export function parseManifest(text: string): Manifest {
  return manifest.parse(JSON.parse(text))
}

export function parseChecksums(text: string): Checksums {
  return checksums.parse(JSON.parse(text))
}
