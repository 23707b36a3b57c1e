import { app } from '@azure/functions'
import { bringItems } from '../shared/commands/items.ts'
import { http, ordered, param } from '../shared/http.ts'

/** POST /api/waves/{wave}/mailboxes/{address}/items: contacts, calendar and tasks out of an exported file. */
app.http('bring-items', {
  route: 'waves/{wave}/mailboxes/{address}/items',
  methods: ['POST'],
  authLevel: 'function',
  handler: http(async (releve, request, who) => {
    const bytes = new Uint8Array(await request.arrayBuffer())
    const sent = { bytes, contentType: request.headers.get('content-type') ?? undefined, who }
    return ordered(releve, request, 200, app => bringItems(app, param(request, 'wave'), param(request, 'address'), sent))
  }),
})
