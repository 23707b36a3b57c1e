import { app } from '@azure/functions'
import { bookSlot, proposeSlots, slotList } from '../shared/commands/slots.ts'
import { answer, http, ordered, param } from '../shared/http.ts'
import { readJson } from '../shared/intake/json.ts'
import { kicks } from '../shared/leaving.ts'

/** GET /api/slots/{playbook}: the dates that coordinators may choose from, and the room on each. */
app.http('get-slots', {
  route: 'slots/{playbook}',
  methods: ['GET'],
  authLevel: 'function',
  handler: http(async (releve, request) => answer(200, await slotList(releve, param(request, 'playbook')))),
})

/** POST /api/slots/{playbook}: books the first of the wished dates that has room. */
app.http('book-slot', {
  route: 'slots/{playbook}',
  methods: ['POST'],
  authLevel: 'function',
  ...kicks,
  handler: http(async (releve, request, who) => {
    const asked = readJson(new Uint8Array(await request.arrayBuffer()))
    return ordered(releve, request, 201, app => bookSlot(app, param(request, 'playbook'), asked, who))
  }),
})

/** POST /api/slots/{playbook}/proposal: dates for many, evenly loaded; nothing is booked. */
app.http('propose-slots', {
  route: 'slots/{playbook}/proposal',
  methods: ['POST'],
  authLevel: 'function',
  handler: http(async (releve, request) => {
    const waves = readJson(new Uint8Array(await request.arrayBuffer()))
    return ordered(releve, request, 200, app => proposeSlots(app, param(request, 'playbook'), waves))
  }),
})
