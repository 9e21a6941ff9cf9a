import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { createTestContext } from '@piko/sdk/testing'
import { access } from '#compose/access/definition.js'
import { config } from '#compose/config.js'
import { requireTool } from '#test/support/require-tool.js'

/** What a service, or the project around it, may say: the part of the message that follows. */
const cases: readonly (readonly [yaml: string, says: string])[] = [
  ['provider: { type: sh, options: { a: b } }', 'runs the program sh on this machine with {"a":["b"]}'],
  ['volumes: ["/etc:/x"]', 'mounts /etc'],
  ['volumes: ["/etc:/x:ro"]', 'mounts /etc, read-only'],
  ['volumes: ["/var/run/docker.sock:/s:ro"]', 'mounts /var/run/docker.sock, the Docker socket'],
  ['volumes: ["../data:/x"]', '/data'],
  ['use_api_socket: true', 'controls Docker'],
  ['privileged: true', 'is privileged'],
  ['cap_add: [SYS_ADMIN]', 'has the capabilities ["SYS_ADMIN"]'],
  ['security_opt: ["seccomp:unconfined"]', 'has the security options'],
  ['devices: ["/dev/kmsg:/dev/kmsg"]', 'uses the devices ["/dev/kmsg"]'],
  ['device_cgroup_rules: ["c 1:3 mr"]', 'may use the devices'],
  ['gpus: all', 'uses the graphics cards'],
  ['network_mode: host', "shares the host's network"],
  ['network_mode: bridge', "runs on Docker's default bridge"],
  ['network_mode: other_default', 'runs on the network other_default'],
  ['network_mode: "container:other"', 'shares the network of container other'],
  ['pid: host', "shares the host's processes"],
  ['ipc: host', "shares the host's shared memory"],
  ['uts: host', "shares the host's host name"],
  ['userns_mode: host', "runs with the host's user ids"],
  ['cgroup: host', "shares the host's control groups"],
  ['runtime: other', 'runs with the runtime "other"'],
  ['volumes_from: ["container:other"]', 'mounts the volumes of ["container:other"]'],
  ['external_links: [other]', 'is linked to containers of other projects'],
  ['post_start: [{ command: id, privileged: true }]', 'runs post_start with privileges'],
  ['logging: { driver: syslog }', 'sends its logs elsewhere'],
  ['ports: ["0.0.0.0:80:80"]', 'publishes 80/tcp on 0.0.0.0'],
  ['ports: ["[::]:80:80/udp"]', 'publishes 80/udp on ::'],
  ['env_file: /dev/null', 'reads the env file /dev/null'],
  ['build: /etc', 'is built from /etc'],
  ['build: { context: ., dockerfile: /etc/hostname }', 'is built with the Dockerfile /etc/hostname'],
  ['build: { context: ., additional_contexts: { x: /etc } }', 'is built from /etc'],
  ['build: "https://example.org/x.git"', 'is built from https://example.org/x.git'],
  ['build: { context: ., ssh: [default] }', 'is built with the SSH keys ["default"]'],
  ['build: { context: ., privileged: true }', 'is built with privileges'],
  ['build: { context: ., network: host }', "is built on the host's network"],
  ['build: { context: ., entitlements: [security.insecure] }', 'is built with security.insecure'],
  ['build: { context: ., cache_to: ["type=local,dest=/tmp/x"] }', 'is built with the cache type=local'],
  ['build: { context: ., secrets: [s] }\nsecrets:\n  s: { file: /etc/shadow }', 'The secret s is the file /etc/shadow'],
  ['secrets: [s]\nsecrets:\n  s: { environment: HOME }', "The secret s is the shell's variable HOME"],
  ['configs: [c]\nconfigs:\n  c: { file: /etc/hosts }', 'The config c is the file /etc/hosts'],
  ['networks: [n]\nnetworks:\n  n: { external: true, name: piko-other }', 'The network n is piko-other, which is not part'],
  ['networks: [n]\nnetworks:\n  n: { driver: macvlan, driver_opts: { parent: eth0 } }', 'uses the driver macvlan'],
  ['volumes: ["vol:/x"]\nvolumes:\n  vol: { external: true, name: other }', 'The volume vol is other, which is not part'],
  ['volumes: ["vol:/x"]\nvolumes:\n  vol: { driver_opts: { type: none, o: bind, device: /etc } }', 'The volume vol is /etc'],
  ['volumes: ["vol:/x"]\nvolumes:\n  vol: { driver_opts: { type: nfs, o: "addr=10.0.0.1", device: ":/x" } }', 'has the driver options'],
] // prettier-ignore

const harmless = `services:
  web:
    image: busybox
    build: { context: ./app, dockerfile: Dockerfile }
    ports: ['8080:80', '127.0.0.1:81:81', '[::1]:82:82']
    volumes: ['./site:/site:ro', 'data:/data', '.:/src']
    env_file: [.env]
    secrets: [key]
    security_opt: ['no-new-privileges:true']
    extra_hosts: ['host.docker.internal:host-gateway']
    logging: { driver: json-file }
    networks: [front]
    pid: 'service:db'
    depends_on: [db]
  db: { image: busybox, networks: [front], tmpfs: [/run] }
volumes: { data: {} }
networks: { front: { internal: true } }
secrets: { key: { file: ./key } }
`

describe('what a Compose project reaches outside its worktree', () => {
  let folder = ''
  before(function () {
    requireTool(this, 'docker')
  })
  beforeEach(() => (folder = realpathSync(mkdtempSync(join(tmpdir(), 'piko-access-')))))
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  const reached = async (compose: string) => {
    const root = join(folder, 'project')
    mkdirSync(join(root, 'worktree'), { recursive: true })
    writeFileSync(join(root, 'compose.yaml'), compose)
    writeFileSync(join(root, '.env'), 'A=1\n')
    const found = await access.ofMain(createTestContext({ folder: root, config: config.schema.parse({}) }))
    return found.map(({ message }) => message)
  }

  for (const [yaml, says] of cases) {
    it(`lists ${yaml.split('\n').at(-1)?.trim() ?? ''}`, async () => {
      const [own = '', ...rest] = yaml.split('\n')
      const image = /^(provider|build):/.test(own) ? '' : '    image: busybox\n'
      const messages = await reached(`services:\n  web:\n${image}    ${own}\n${rest.join('\n')}\n`)
      expect(messages.join('\n')).to.contain(says)
      expect(messages).to.have.length(1)
    })
  }

  it('lists nothing of an ordinary project', async () => {
    expect(await reached(harmless)).to.deep.equal([])
  })
})
