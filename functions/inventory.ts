import { app, type HttpRequest } from '@azure/functions'
import {
  confirmAnswers,
  postAnswer,
  scanWave,
  waveAnswers,
  waveExchangeScript,
  waveInventory,
  waveWorkbook,
} from '../shared/commands/inventory.ts'
import { waveMembersScript } from '../shared/commands/members.ts'
import { answer, file, type Handle, http, ordered, param } from '../shared/http.ts'
import { kicks } from '../shared/leaving.ts'

const on = (method: 'GET' | 'POST', name: string, route: string, handle: Handle) =>
  app.http(name, { route, methods: [method], authLevel: 'function', ...(method === 'POST' ? kicks : {}), handler: http(handle) })

/** GET: what the mailboxes are, as JSON and as the workbook for a coordinator; what was answered; the script for Exchange. */
on('GET', 'get-inventory', 'waves/{wave}/inventory', async (releve, request) =>
  answer(200, await waveInventory(releve, param(request, 'wave'))),
)
on('GET', 'get-workbook', 'waves/{wave}/inventory.xlsx', (releve, request) =>
  waveWorkbook(releve, param(request, 'wave'), asked(request)),
)
on('GET', 'get-answers', 'waves/{wave}/answers', async (releve, request) =>
  answer(200, await waveAnswers(releve, param(request, 'wave'))),
)
on('GET', 'get-exchange-script', 'waves/{wave}/exchange.ps1', (releve, request) =>
  waveExchangeScript(releve, param(request, 'wave')),
)
on('GET', 'get-members-script', 'waves/{wave}/members.ps1', async (releve, request) => {
  const { file: name, script } = await waveMembersScript(releve, param(request, 'wave'))
  return file('text/plain; charset=utf-8', name, Buffer.from(script))
})

/** POST: look at the mailboxes; take an answer; let the wave follow its answers. */
on('POST', 'post-inventory', 'waves/{wave}/inventory', (releve, request) =>
  ordered(releve, request, 200, app => scanWave(app, param(request, 'wave'), request.query.get('again') === 'true')),
)
on('POST', 'post-answers', 'waves/{wave}/answers', async (releve, request, who) => {
  const { headers } = request
  const bytes = new Uint8Array(await request.arrayBuffer())
  const contentType = headers.get('content-type') ?? undefined
  const accept = headers.get('accept') ?? undefined
  const sent = { bytes, contentType, accept, query: asked(request), who }
  return postAnswer(releve, param(request, 'wave'), sent, request.query.get('dryRun'))
})
on('POST', 'post-answers-follow', 'waves/{wave}/answers/follow', (releve, request, who) =>
  ordered(releve, request, 200, app => confirmAnswers(app, param(request, 'wave'), who)),
)

function asked({ query }: HttpRequest) {
  const [entity, language, as] = ['entity', 'language', 'as'].map(name => query.get(name) ?? undefined)
  return { entity, language, as }
}
