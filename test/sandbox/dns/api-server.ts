import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { canonicalData } from '../../../shared/dns/presentation.ts'
import { rrset } from '../../../shared/dns/records.ts'
import { type RecordType, type RRset, within } from '../../../shared/dns/zone.ts'

export type ApiRequest = {
  method: string
  path: string
  query: URLSearchParams
  url: string
  headers: IncomingHttpHeaders
  body: unknown
  text: string
}
export type ApiAnswer = { status: number; body?: unknown; headers?: Record<string, string> }

/** A DNS host’s HTTP API on loopback. `next`, where a test sets it, answers the next request; `lost`: is this one’s answer lost after it was carried out? */
export type ApiServer = {
  base: string
  requests: ApiRequest[]
  next: (() => ApiAnswer) | undefined
  lost: (request: ApiRequest) => boolean
  stop(): Promise<void>
}

/** Serves JSON; what `handle` throws is a fault of the stand-in and ends the test. */
export async function startApi(handle: (request: ApiRequest) => ApiAnswer): Promise<ApiServer> {
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = []
    for await (const chunk of incoming) chunks.push(chunk as Buffer)
    const text = Buffer.concat(chunks).toString()
    const { pathname, searchParams } = new URL(incoming.url ?? '/', api.base)
    const { method = 'GET', headers } = incoming
    const url = `${api.base}${incoming.url}`
    const request = {
      method,
      path: decodeURIComponent(pathname),
      query: searchParams,
      url,
      headers,
      text,
      body: text ? JSON.parse(text) : undefined,
    }
    api.requests.push(request)
    const { next } = api
    api.next = undefined
    const answer = next ? next() : handle(request)
    if (api.lost(request)) return void outgoing.destroy()
    outgoing.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers })
    outgoing.end(answer.body === undefined ? '' : JSON.stringify(answer.body))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const api: ApiServer = {
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: [],
    next: undefined,
    lost: () => false,
    stop: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
  return api
}

/** One record of a zone, as hosts that give each an id keep it. */
export type KeptRecord = { id: number; name: string; type: RecordType; ttl: number; data: string }

/** The records of one zone. */
export class KeptZone {
  records: KeptRecord[] = []
  private last = 1000
  readonly zone: string

  constructor(zone: string) {
    this.zone = zone
  }

  of(name: string, type: RecordType): KeptRecord[] {
    return this.records.filter(one => one.name === name && one.type === type)
  }

  rrset(name: string, type: RecordType): RRset | null {
    const found = this.of(name, type)
    const [first] = found
    return first
      ? rrset(
          name,
          type,
          first.ttl,
          found.map(({ data }) => data),
        )
      : null
  }

  set(name: string, type: RecordType, one: RRset | null): void {
    this.records = this.records.filter(known => known.name !== name || known.type !== type)
    for (const data of one?.data ?? []) this.add(name, type, one?.ttl ?? 0, data)
  }

  /** Throws what is wrong with a record, as a host says it: no data of its type, outside the zone, beside a CNAME. */
  add(name: string, type: RecordType, ttl: number, data: string): KeptRecord {
    if (!within(this.zone, name)) throw new TypeError(`${name} is not in ${this.zone}`)
    const beside = this.records.filter(one => one.name === name)
    if (beside.some(one => (one.type === 'CNAME') !== (type === 'CNAME'))) throw new TypeError(`a CNAME stands alone at ${name}`)
    const one = { id: ++this.last, name, type, ttl, data: canonicalData(type, data) }
    this.records.push(one)
    return one
  }
}
