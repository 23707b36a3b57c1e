import { app } from '@azure/functions'
import { waveDiary, waveSteps } from '../shared/commands/diary.ts'
import { waveForecast } from '../shared/commands/forecast.ts'
import { waveLanding } from '../shared/commands/landing.ts'
import { mailboxList, mailboxStatus, waveExceptions } from '../shared/commands/mailbox-status.ts'
import { refusedAccess } from '../shared/commands/refused.ts'
import { waveReport } from '../shared/commands/report.ts'
import { waveRouting } from '../shared/commands/routing.ts'
import { waveList, waveStatus } from '../shared/commands/status.ts'
import { answer, type Handle, http, param } from '../shared/http.ts'

/** GET: where waves stand and why. */
const get = (name: string, route: string, handle: Handle) =>
  app.http(name, { route, methods: ['GET'], authLevel: 'function', handler: http(handle) })

get('get-waves', 'waves', async releve => answer(200, await waveList(releve)))
get('get-wave', 'waves/{wave}', async (releve, request) => answer(200, await waveStatus(releve, param(request, 'wave'))))
get('get-mailboxes', 'waves/{wave}/mailboxes', async (releve, request) =>
  answer(200, await mailboxList(releve, param(request, 'wave'))),
)
get('get-mailbox', 'waves/{wave}/mailboxes/{address}', async (releve, request) =>
  answer(200, await mailboxStatus(releve, param(request, 'wave'), param(request, 'address'))),
)
get('get-exceptions', 'waves/{wave}/exceptions', async (releve, request) =>
  answer(200, await waveExceptions(releve, param(request, 'wave'))),
)
get('get-forecast', 'waves/{wave}/forecast', async (releve, request) =>
  answer(200, await waveForecast(releve, param(request, 'wave'))),
)
get('get-diary', 'waves/{wave}/diary', async (releve, request) => answer(200, await waveDiary(releve, param(request, 'wave'))))
get('get-steps', 'waves/{wave}/steps', async (releve, request) => answer(200, await waveSteps(releve, param(request, 'wave'))))
get('get-landing', 'waves/{wave}/landing', async (releve, request) =>
  answer(200, await waveLanding(releve, param(request, 'wave'))),
)
get('get-report', 'waves/{wave}/report.{format}', (releve, request) =>
  waveReport(releve, param(request, 'wave'), param(request, 'format')),
)
get('get-routing', 'waves/{wave}/routing.{format}', (releve, request) =>
  waveRouting(releve, param(request, 'wave'), param(request, 'format')),
)

/** GET /api/refused: who was refused what, and how often. */
get('get-refused', 'refused', async releve => answer(200, await refusedAccess(releve)))
