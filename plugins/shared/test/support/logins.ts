import type { Files } from '#test/sandbox/repository.js'

/** A Postgres and a Redis to share, with the passwords that Compose files usually have. */
export const loginFiles: Files = {
  'compose.yaml': `
services:
  app:
    image: redis:7
    command: sleep 100000
    init: true
    stop_grace_period: 0.1s
    environment: { QUEUE: '\${PIKO_QUEUE_INTERNAL_URL:-}', DB: '\${PIKO_DB_INTERNAL_URL:-}' }
    depends_on: [queue, db]
  queue:
    image: redis:7
    stop_grace_period: 0.1s
    healthcheck: { test: redis-cli ping, interval: 30s, start_period: 60s, start_interval: 1s, retries: 3 }
  db:
    image: postgres:16
    stop_signal: SIGINT
    environment: { POSTGRES_USER: shop, POSTGRES_PASSWORD: secret }
    ports: ['5432:5432']
    volumes: ['dbdata:/var/lib/postgresql/data']
    healthcheck: { test: pg_isready -h 127.0.0.1 -U shop, interval: 30s, start_period: 60s, start_interval: 1s, retries: 3 }
volumes: { dbdata: {} }
`,
}
