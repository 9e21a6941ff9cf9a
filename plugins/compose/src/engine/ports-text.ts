/** A port as in the engine's list of containers. */
export interface Port {
  readonly IP?: string
  readonly PrivatePort: number
  readonly PublicPort?: number
  readonly Type: string
}

/** Ports as `docker ps` prints them: "127.0.0.1:10180->80/tcp, 9000/tcp". */
export function portsText(ports: readonly Port[]): string {
  const byNumber = [...ports].sort((a, b) => a.PrivatePort - b.PrivatePort)
  return [...new Set(byNumber.map(portText))].join(', ')
}

function portText({ IP, PrivatePort, PublicPort, Type }: Port): string {
  const inside = `${PrivatePort}/${Type}`
  if (PublicPort === undefined) return inside
  const address = IP?.includes(':') ? `[${IP}]` : (IP ?? '')
  return `${address}:${PublicPort}->${inside}`
}
