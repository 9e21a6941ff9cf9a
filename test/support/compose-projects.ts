import type { Files } from '../sandbox/repository.js'

/** A web server with two ports, a database and a cache; the database's password is in a `.env` that git ignores. */
export const shop: Files = {
  'compose.yaml': `services:
  web:
    image: nginx:latest
    ports: ['8080:80', '8443:81']
    volumes: ['./site:/usr/share/nginx/html:ro', './web.conf:/etc/nginx/conf.d/default.conf:ro']
    depends_on: [db, redis]
  db:
    image: postgres:16
    environment: { POSTGRES_PASSWORD: '\${DB_PASSWORD:?is in .env}' }
    ports: ['5432:5432']
    volumes: ['db-data:/var/lib/postgresql/data']
    healthcheck: { test: [CMD, pg_isready, -h, 127.0.0.1, -U, postgres], interval: 30s, start_period: 60s, start_interval: 1s, retries: 3 }
  redis:
    image: redis:7
    ports: ['6379:6379']
volumes:
  db-data: {}
`,
  'site/index.html': 'hello from main\n',
  'web.conf': 'server { listen 80; listen 81; root /usr/share/nginx/html; }\n',
  '.gitignore': '.env\n',
  '.env': 'DB_PASSWORD=secret\n',
}

/** One web server with one port: quick, and without data. */
export const site: Files = {
  'compose.yaml': webService('8080:80'),
}

export function webService(port: string): string {
  return `services:\n  web:\n    image: nginx:latest\n    ports: ['${port}']\n`
}

/** One of everything that Docker creates: a built image, a named and an anonymous volume, two networks. */
export const full: Files = {
  'compose.yaml': `services:
  app:
    build: .
    ports: ['3000:3000']
    volumes: ['kept:/kept', '/scratch']
    networks: [front, back]
  cache:
    image: redis:7
    networks: [back]
networks:
  front: {}
  back: {}
volumes:
  kept: {}
`,
  Dockerfile: `FROM busybox:latest\nCMD ["sleep", "1000000"]\nSTOPSIGNAL SIGKILL\n`,
}
