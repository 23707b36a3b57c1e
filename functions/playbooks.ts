import { app } from '@azure/functions'
import { approveOrder, reckonOrder, showOrder } from '../shared/commands/order.ts'
import { playbookDiff, playbookJsonSchema, playbookVersions } from '../shared/commands/playbook-versions.ts'
import { putPlaybook } from '../shared/commands/playbooks.ts'
import { answer, http, ordered, param } from '../shared/http.ts'
import { readJson } from '../shared/intake/json.ts'
import { kicks } from '../shared/leaving.ts'

/** PUT /api/playbooks/{playbook}: stores a playbook, YAML or JSON, as its next version. `?dryRun=true` only says what that would change. */
app.http('put-playbook', {
  route: 'playbooks/{playbook}',
  methods: ['PUT'],
  authLevel: 'function',
  handler: http(async (releve, request, who) => {
    const contentType = request.headers.get('content-type') ?? undefined
    const sent = { body: await request.text(), contentType, who }
    const { status, answer: said } = await putPlaybook(releve, param(request, 'playbook'), sent, request.query.get('dryRun'))
    return answer(status, said)
  }),
})

/** GET /api/playbooks/{playbook}/versions: every version, who sent it when, and what it changed. */
app.http('get-playbook-versions', {
  route: 'playbooks/{playbook}/versions',
  methods: ['GET'],
  authLevel: 'function',
  handler: http(async (releve, request) => answer(200, await playbookVersions(releve, param(request, 'playbook')))),
})

/** GET /api/playbooks/{playbook}/diff?from=&to=: what two versions say differently. */
app.http('get-playbook-diff', {
  route: 'playbooks/{playbook}/diff',
  methods: ['GET'],
  authLevel: 'function',
  handler: http(async (releve, request) => {
    const { query } = request
    return answer(200, await playbookDiff(releve, param(request, 'playbook'), query.get('from'), query.get('to')))
  }),
})

/** GET /api/playbook.schema.json: the JSON Schema of playbooks, for editors. */
app.http('get-playbook-schema', {
  route: 'playbook.schema.json',
  methods: ['GET'],
  authLevel: 'function',
  handler: http(async () => answer(200, playbookJsonSchema(), { 'content-type': 'application/schema+json; charset=utf-8' })),
})

/** GET /api/playbooks/{playbook}/order: which wave comes when and why, in force and as reckoned last. */
app.http('get-order', {
  route: 'playbooks/{playbook}/order',
  methods: ['GET'],
  authLevel: 'function',
  handler: http(async (releve, request) => answer(200, await showOrder(releve, param(request, 'playbook')))),
})

/** POST /api/playbooks/{playbook}/order: reckons it anew; waves follow it once it is approved. */
app.http('reckon-order', {
  route: 'playbooks/{playbook}/order',
  methods: ['POST'],
  authLevel: 'function',
  handler: http((releve, request) => ordered(releve, request, 200, app => reckonOrder(app, param(request, 'playbook')))),
})

/** POST /api/playbooks/{playbook}/order/approve: the order that was shown is in force from now on. */
app.http('approve-order', {
  route: 'playbooks/{playbook}/order/approve',
  methods: ['POST'],
  authLevel: 'function',
  ...kicks,
  handler: http(async (releve, request, who) => {
    const given = readJson(new Uint8Array(await request.arrayBuffer()))
    return ordered(releve, request, 200, app => approveOrder(app, param(request, 'playbook'), given, who))
  }),
})
