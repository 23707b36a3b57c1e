import { app } from '@azure/functions'
import { acknowledge, lookAcknowledge } from '../shared/commands/acknowledge.ts'
import { noticeList, noticePreview } from '../shared/commands/notices.ts'
import { answer, type Handle, http, page, param, reader } from '../shared/http.ts'
import { kicks } from '../shared/leaving.ts'

const get = (name: string, route: string, handle: Handle) =>
  app.http(name, { route, methods: ['GET'], authLevel: 'function', handler: http(handle) })

/** GET: what is owed to people and what they were sent, and any notice before it is sent. */
get('get-notices', 'waves/{wave}/notices', async (releve, request) =>
  answer(200, await noticeList(releve, param(request, 'wave'))),
)
get('preview-notice', 'waves/{wave}/notices/preview', (releve, request) =>
  noticePreview(releve, param(request, 'wave'), request.query),
)

/** GET /api/acknowledge/{token}: a button. It changes nothing, since scanners follow links. */
app.http('look-acknowledge', {
  route: 'acknowledge/{token}',
  methods: ['GET', 'HEAD'],
  authLevel: 'anonymous',
  handler: http(async (releve, request) => page(await lookAcknowledge(releve, param(request, 'token'), reader(request))), 'link'),
})

/** POST /api/acknowledge/{token}: a person says that the rules were read. */
app.http('acknowledge', {
  route: 'acknowledge/{token}',
  methods: ['POST'],
  authLevel: 'anonymous',
  ...kicks,
  handler: http(async (releve, request) => page(await acknowledge(releve, param(request, 'token'), reader(request))), 'link'),
})
