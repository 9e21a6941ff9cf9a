/** The parts of an image's name: `registry.example.org/team/web:v1`. */
export interface Reference {
  /** Without tag and digest. */
  readonly image: string
  readonly tag: string | undefined
}

export function parseReference(text: string): Reference {
  const [name = ''] = text.split('@')
  const at = name.lastIndexOf(':')
  if (at < 0 || name.includes('/', at)) return { image: name, tag: undefined }
  return { image: name.slice(0, at), tag: name.slice(at + 1) }
}

export function isReference(text: string): boolean {
  return /^[a-z0-9][\w.-]*(:\d+)?(\/[a-z0-9][a-z0-9._-]*)*(:[\w][\w.-]{0,127})?$/i.test(text)
}

/**
 * An image that a tag stood for at one moment: `NAME:TAG@sha256:…`. An image that only the engine has is pinned by its
 * id: `NAME:TAG#sha256:…`.
 */
export function pinned(reference: string, digest: string): string {
  return `${reference}@${digest}`
}

export function pinnedLocally(reference: string, id: string): string {
  return `${reference}#${id}`
}

/** The reference that was pinned. */
export function referenceOf(pin: string): string {
  return pin.split(/[@#]/)[0] ?? pin
}

/** What the engine calls a pinned image. */
export function imageOf(pin: string): string {
  const [local, id] = pin.split('#')
  if (id !== undefined) return id
  const [, digest] = pin.split('@')
  return digest === undefined ? (local ?? pin) : `${parseReference(pin).image}@${digest}`
}

export function isLocal(pin: string): boolean {
  return pin.includes('#')
}
