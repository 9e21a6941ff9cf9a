import type { ServiceRule } from '../rule.js'

/** Ports that other machines can reach. Without an address, `compose: { bind: … }` decides. */
export const ports: ServiceRule = ({ service, raw }) =>
  Promise.resolve(
    (raw.ports ?? []).flatMap(({ host_ip: address = '', target, protocol = 'tcp' }) => {
      if (address === '' || /^(127\.|::1$)/.test(address)) return []
      const message = `Service ${service} publishes ${target}/${protocol} on ${address}, not only on this machine`
      return [{ kind: 'publish', message, service }]
    }),
  )
