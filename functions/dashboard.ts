import { app } from '@azure/functions'
import { dashboard } from '../shared/dashboard/page.ts'
import { param } from '../shared/http.ts'

const { page, module } = dashboard(new URL('../shared/dashboard/browser/', import.meta.url))

/** GET /api/dashboard: the web page. Anybody may have it, since it holds no data; its questions to the API carry the key. */
app.http('dashboard', { route: 'dashboard', methods: ['GET'], authLevel: 'anonymous', handler: () => page() })

/** GET /api/dashboard/{module}: a module of the page’s program. */
app.http('dashboard-module', {
  route: 'dashboard/{module}',
  methods: ['GET'],
  authLevel: 'anonymous',
  handler: request => module(param(request, 'module'), request.headers.get('if-none-match')),
})
