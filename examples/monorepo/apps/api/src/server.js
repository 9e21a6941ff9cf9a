import { createServer } from 'node:http'
import { json } from 'node:stream/consumers'
import { enqueue } from '@parcels/queue'
import { addParcel, listParcels } from '@parcels/store'

const routes = {
  'GET /health': async () => ({ parcels: (await listParcels()).length }),
  'GET /config.json': async () => ({ apiUrl: process.env.API_URL }),
  'GET /parcels': async () => listParcels(),
  'POST /parcels': async request => {
    const { recipient } = await json(request)
    const parcel = await addParcel(recipient)
    await enqueue({ id: parcel.id })
    return parcel
  },
}

const server = createServer(async (request, response) => {
  const route = routes[`${request.method} ${request.url}`]
  response.setHeader('content-type', 'application/json')
  response.setHeader('access-control-allow-origin', '*') // the page is served from another port
  try {
    const body = route ? await route(request) : { error: 'not found' }
    response.writeHead(route ? 200 : 404).end(`${JSON.stringify(body)}\n`)
  } catch (error) {
    console.error(error)
    response.writeHead(500).end(`${JSON.stringify({ error: error.message })}\n`)
  }
})

server.listen(3000, () => console.log('The API listens on port 3000'))
