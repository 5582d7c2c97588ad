import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import { createServer } from 'node:tls'

/** TLS before a plain server of this machine: the API takes no model without it in production. */
export async function startTlsFront(target: string, { key, cert }: { key: string; cert: string }) {
  const { hostname, port } = new URL(target)
  const server = createServer({ key, cert, ALPNProtocols: ['http/1.1'] }, (client) => {
    const socket = connect(Number(port), hostname)
    socket.pipe(client).pipe(socket)
    socket.on('error', () => client.destroy())
    client.on('error', () => socket.destroy())
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => server.close(),
  }
}
