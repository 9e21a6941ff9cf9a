import type { Ports, Routes } from '../contract.js'

/** `http://feature.localhost:8080` */
export function urlOf(host: string, { http }: Ports): string {
  return http === 80 ? `http://${host}` : `http://${host}:${http}`
}

/** URLs by service; the first has the environment's host. */
export function serviceUrls({ host, services }: Routes, ports: Ports): Readonly<Record<string, string>> {
  return Object.fromEntries(
    services.map((routed, index) => [routed.service, urlOf(index === 0 ? host : routed.host, ports)]),
  )
}
