import type { Warning } from '@piko/sdk'
import type { Finding } from './finding.js'

/** Devices of the machine, except those that several users can share. */
export const hardware: Finding = {
  stays: '`devices` and `gpus`',
  because: 'the machine has them once; some devices serve one program at a time',
  codes: ['COMPOSE_DEVICE_SHARED'],
  find: ({ services }) =>
    Object.entries(services).flatMap(([service, { devices }]) =>
      devices
        .filter(device => !shareable.test(device))
        .map((device): Warning => {
          const what = device === 'GPU' ? 'the graphics cards' : device
          const message = `Service ${service} uses ${what} of this machine, as it does in every environment`
          return { code: 'COMPOSE_DEVICE_SHARED', message, service }
        }),
    ),
}

const shareable = /^\/dev\/(fuse|kvm|null|zero|full|random|urandom|net\/tun|shm)$/
