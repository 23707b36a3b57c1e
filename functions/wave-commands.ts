import { app } from '@azure/functions'
import { act, actions, calendarActions } from '../shared/commands/act.ts'
import { renewLinks } from '../shared/commands/coordinate.ts'
import { sayDone } from '../shared/commands/done.ts'
import { carryOut } from '../shared/commands/dry-run.ts'
import { enqueueWave } from '../shared/commands/enqueue.ts'
import { scanWave } from '../shared/commands/landing.ts'
import { changeMembers } from '../shared/commands/members.ts'
import { waveShown } from '../shared/commands/status.ts'
import { updateWave } from '../shared/commands/update.ts'
import { withdrawLicences } from '../shared/commands/withdraw-licences.ts'
import { answer, http, ordered, param } from '../shared/http.ts'
import { readJson } from '../shared/intake/json.ts'
import { parseWave } from '../shared/intake/wave.ts'
import { kicks } from '../shared/leaving.ts'

/** POST /api/waves: enqueues a wave, JSON, CSV or XLSX. */
app.http('post-wave', {
  route: 'waves',
  methods: ['POST'],
  authLevel: 'function',
  ...kicks,
  handler: http(async (releve, request, who) => {
    const { query, headers } = request
    const named = {
      wave: query.get('wave') ?? undefined,
      playbook: query.get('playbook') ?? undefined,
      day: query.get('day') ?? undefined,
    }
    const wave = await parseWave(new Uint8Array(await request.arrayBuffer()), headers.get('content-type') ?? undefined, named)
    const { dry, result } = await carryOut(releve, query.get('dryRun'), async (app, isDry) => {
      await enqueueWave(app, wave, who)
      return waveShown(app, wave.wave, isDry)
    })
    return answer(dry ? 200 : 202, result, { location: `/api/waves/${wave.wave}` })
  }),
})

/** POST /api/waves/{wave}/scan: looks into every mailbox, read-only: will its mail land? */
app.http('scan-wave', {
  route: 'waves/{wave}/scan',
  methods: ['POST'],
  authLevel: 'function',
  ...kicks,
  handler: http((releve, request, who) => ordered(releve, request, 202, app => scanWave(app, param(request, 'wave'), who))),
})

/** POST /api/waves/{wave}/links: new links to the pages of coordinators; the ones of before open nothing any more. */
app.http('wave-links', {
  route: 'waves/{wave}/links',
  methods: ['POST'],
  authLevel: 'function',
  handler: http(async (releve, request, who) => {
    const order = readJson(new Uint8Array(await request.arrayBuffer()))
    return ordered(releve, request, 200, app => renewLinks(app, param(request, 'wave'), order, who))
  }),
})

/** POST /api/waves/{wave}/done: somebody has done what an ended wave left to do. */
app.http('wave-done', {
  route: 'waves/{wave}/done',
  methods: ['POST'],
  authLevel: 'function',
  handler: http(async (releve, request, who) => {
    const order = readJson(new Uint8Array(await request.arrayBuffer()))
    return ordered(releve, request, 202, app => sayDone(app, param(request, 'wave'), order, who))
  }),
})

/** POST /api/waves/{wave}/members: people are let into shared mailboxes, or out of them, at any time. */
app.http('wave-members', {
  route: 'waves/{wave}/members',
  methods: ['POST'],
  authLevel: 'function',
  handler: http(async (releve, request, who) => {
    const order = readJson(new Uint8Array(await request.arrayBuffer()))
    return ordered(releve, request, 202, app => changeMembers(app, param(request, 'wave'), order, who))
  }),
})

/** POST /api/waves/{wave}/withdraw-licences: of accounts that the wave made and nobody moved to. */
app.http('wave-withdraw-licences', {
  route: 'waves/{wave}/withdraw-licences',
  methods: ['POST'],
  authLevel: 'function',
  handler: http(async (releve, request, who) => {
    const order = readJson(new Uint8Array(await request.arrayBuffer()))
    return ordered(releve, request, 202, app => withdrawLicences(app, param(request, 'wave'), order, who))
  }),
})

/** POST /api/waves/{wave}/update: it takes the newest version of its playbook. */
app.http('wave-update', {
  route: 'waves/{wave}/update',
  methods: ['POST'],
  authLevel: 'function',
  ...kicks,
  handler: http(async (releve, request, who) => {
    const order = readJson(new Uint8Array(await request.arrayBuffer()))
    return ordered(releve, request, 202, app => updateWave(app, param(request, 'wave'), order, who))
  }),
})

/** POST /api/waves/{wave}/{action}: what an operator does to a wave, with a reason. */
for (const action of [...actions, ...calendarActions]) {
  app.http(`wave-${action}`, {
    route: `waves/{wave}/${action}`,
    methods: ['POST'],
    authLevel: 'function',
    ...kicks,
    handler: http(async (releve, request, who) => {
      const order = readJson(new Uint8Array(await request.arrayBuffer()))
      return ordered(releve, request, 202, app => act(app, param(request, 'wave'), action, order, who))
    }),
  })
}
