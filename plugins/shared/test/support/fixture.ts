import type { Files } from '#test/sandbox/repository.js'

/**
 * A cache to share, reached under all kinds of names, and a store that each environment keeps separate. Both are Redis,
 * whose client shows which server responded.
 */
export const fixture: Files = {
  'compose.yaml': `
x-server: &server
  image: redis:7
  init: true
  stop_grace_period: 0.1s
services:
  app:
    <<: *server
    command: sleep 100000
    environment: { CACHE_URL: '\${PIKO_CACHE_INTERNAL_URL:-}' }
    depends_on: { cache: { condition: service_healthy }, store: { condition: service_started } }
    links: ['cache:quick']
    networks: [default, back]
  cache:
    <<: *server
    container_name: the-cache
    healthcheck: { test: redis-cli ping, interval: 30s, start_period: 60s, start_interval: 1s, retries: 3 }
    ports: ['6379:6379']
    volumes: ['cachedata:/data']
    networks: { default: {}, back: { aliases: [kv] } }
  store: { <<: *server }
  # It runs in environments alone.
  broken:
    <<: *server
    command: sh -c 'test -n "\${PIKO_ENV_NAME:-}" && exec sleep 100000; echo no moon; exit 3'
  lonely: { <<: *server, network_mode: none }
  needy: { <<: *server, depends_on: [store] }
networks: { back: {} }
volumes: { cachedata: {} }
`,
}
