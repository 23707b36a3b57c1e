import { app } from '@azure/functions'
import { coordinate, lookCoordinate, mostFormBytes } from '../shared/commands/coordinate.ts'
import { http, page, param, reader, sentForm } from '../shared/http.ts'
import { kicks } from '../shared/leaving.ts'

/** GET /api/coordinate/{token}: what a coordinator is asked, and how far it is; with `?of=` the workbook. It changes nothing, since scanners follow links. */
app.http('look-coordinate', {
  route: 'coordinate/{token}',
  methods: ['GET', 'HEAD'],
  authLevel: 'anonymous',
  handler: http(
    async (releve, request) =>
      page(await lookCoordinate(releve, param(request, 'token'), reader(request), request.query.get('of'))),
    'link',
  ),
})

/** POST /api/coordinate/{token}: the workbook, a yes to the date, another date chosen or asked for. */
app.http('coordinate', {
  route: 'coordinate/{token}',
  methods: ['POST'],
  authLevel: 'anonymous',
  ...kicks,
  handler: http(async (releve, request) => {
    const form = () => sentForm(request, mostFormBytes)
    return page(await coordinate(releve, param(request, 'token'), form, reader(request)))
  }, 'link'),
})
