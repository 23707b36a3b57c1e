import { app } from '@azure/functions'
import { type Handle, http, param } from '../shared/http.ts'
import { handOutMailbox, handOutWave } from '../shared/receipt/hand-out.ts'

/** GET: the sealed receipts. */
const get = (name: string, route: string, handle: Handle) =>
  app.http(name, { route, methods: ['GET'], authLevel: 'function', handler: http(handle) })

get('get-wave-receipt', 'waves/{wave}/receipt.json', (releve, request) =>
  handOutWave(releve, param(request, 'wave'), request.query.get('mailbox') ?? undefined),
)
get('get-mailbox-receipt', 'waves/{wave}/mailboxes/{address}/receipt.jsonl', (releve, request) =>
  handOutMailbox(releve, param(request, 'wave'), param(request, 'address')),
)
