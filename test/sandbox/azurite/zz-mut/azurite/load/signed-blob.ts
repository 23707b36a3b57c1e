import { createHmac } from 'node:crypto'

/** One request to the blob service, signed with the shared key of a connection string (Microsoft's "Authorize with Shared Key", 2009-09-19 and later). */
export async function blobRequest(connection: string, method: string, path: string, body?: string): Promise<Response> {
  const part = (name: string) => new RegExp(`${name}=([^;]*)`).exec(connection)?.[1] ?? ''
  const url = new URL(`${part('BlobEndpoint')}/${path}`)
  const headers: Record<string, string> = { 'x-ms-date': new Date().toUTCString(), 'x-ms-version': '2023-11-03' }
  if (body !== undefined) headers['x-ms-blob-type'] = 'BlockBlob'
  const canonicalHeaders = Object.keys(headers)
    .sort()
    .map(name => `${name}:${headers[name]}\n`)
    .join('')
  const query = [...url.searchParams].map(([name, value]) => `\n${name}:${value}`).join('')
  const length = body === undefined ? '' : String(Buffer.byteLength(body))
  const type = body === undefined ? '' : 'text/plain'
  const lines = [method, '', '', length, '', type, '', '', '', '', '', ''].join('\n')
  const signature = createHmac('sha256', Buffer.from(part('AccountKey'), 'base64'))
    .update(`${lines}\n${canonicalHeaders}/${part('AccountName')}${url.pathname}${query}`)
    .digest('base64')
  headers.authorization = `SharedKey ${part('AccountName')}:${signature}`
  if (body !== undefined) headers['content-type'] = type
  return fetch(url, { method, headers, ...(body === undefined ? {} : { body }) })
}
