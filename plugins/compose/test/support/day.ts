import type { Files } from '#test/sandbox/repository.js'

/** A small project with every state that a service can be in. */
export const day: Files = {
  'compose.yaml': `
x-quick: &quick { image: busybox, command: sleep 1000, init: true, stop_grace_period: 0.1s }
services:
  web:
    <<: *quick
    command: sh -c 'echo web is here; hostname > /tmp/index.html; exec httpd -f -p 80 -h /tmp'
    ports: ['8080:80']
    depends_on: [db]
  db: { <<: *quick, ports: ['8082:5432'] }
  worker: *quick
  once: { image: busybox, command: echo done once }
  broken: { image: busybox, command: sh -c 'echo no moon; exit 3', profiles: [debug] }
  never: { <<: *quick, profiles: [debug] }
  gone: { image: 'nowhere.example/gone:1', profiles: [debug] }
`,
}

export interface Container {
  readonly service: string
  readonly replica: number
  readonly id: string
  readonly name: string
  readonly state: string
  readonly ports: string
}
