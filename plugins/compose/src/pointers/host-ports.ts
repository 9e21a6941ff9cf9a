/** A reference in a text to a port of this machine: `localhost:3000`, `[::1]:3000`, `http://web.localhost`. */
export interface HostPort {
  readonly port: number
  /** The position of the port in the text or, if a URL has none, where `:PORT` would go. */
  readonly start: number
  readonly end: number
  /** Whether this host, inside a container, is the container itself. */
  readonly isLoopback: boolean
}

const loopback = String.raw`localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1?\]`
const machine = String.raw`(?:[a-z0-9_-]+\.)+localhost|host\.docker\.internal`
const written = new RegExp(String.raw`(?<![\w.-])(?:(${loopback})|${machine}):(\d{1,5})(?![\w]|:\d)`, 'gi')
const implied = new RegExp(
  String.raw`(?<![\w.-])(https?)://(?:[^\s/@]*@)?(?:(${loopback})|${machine})(?![\w:.-])`,
  'gi',
)

/** Every port of this machine that a text names, in order. A bare number does not count. */
export function findHostPorts(text: string): readonly HostPort[] {
  const ports = [...text.matchAll(written)].map(({ 0: whole, 1: local, 2: digits = '', index }) => {
    const end = index + whole.length
    return { port: Number(digits), start: end - digits.length, end, isLoopback: local !== undefined }
  })
  const left = [...text.matchAll(implied)].map(({ 0: whole, 1: scheme = '', 2: local, index }) => {
    const end = index + whole.length
    const port = scheme.toLowerCase() === 'https' ? 443 : 80
    return { port, start: end, end, isLoopback: local !== undefined }
  })
  return [...ports, ...left].sort((a, b) => a.start - b.start)
}

/** Replaces some of the text's ports. The rest goes through `keep`. */
export function withPorts(
  text: string,
  places: readonly (HostPort & { readonly replacement: string })[],
  keep: (part: string) => string,
): string {
  let at = 0
  const parts = places.map(({ start, end, replacement }) => {
    const before = keep(text.slice(at, start))
    at = end
    return before + (start === end ? `:${replacement}` : replacement)
  })
  return parts.join('') + keep(text.slice(at))
}
