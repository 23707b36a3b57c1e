import { app } from '@azure/functions'
import { lookOnce, openOnce } from '../shared/commands/once.ts'
import { form, http, page, param, reader } from '../shared/http.ts'
import { kicks } from '../shared/leaving.ts'

/** GET /api/once/{token}: a button. It shows nothing and changes nothing, since scanners follow links. */
app.http('look-once', {
  route: 'once/{token}',
  methods: ['GET', 'HEAD'],
  authLevel: 'anonymous',
  handler: http(async (releve, request) => page(await lookOnce(releve, param(request, 'token'), reader(request))), 'link'),
})

/** POST /api/once/{token}: shows what is behind the link, once. */
app.http('open-once', {
  route: 'once/{token}',
  methods: ['POST'],
  authLevel: 'anonymous',
  ...kicks,
  handler: http(async (releve, request) => {
    const { code } = form(await request.text())
    return page(await openOnce(releve, param(request, 'token'), code, reader(request)))
  }, 'link'),
})
