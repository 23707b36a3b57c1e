import { app, type HttpRequest } from '@azure/functions'
import {
  handIn,
  passwordBundle,
  passwordLetters,
  passwordList,
  reissue,
  secondFactor,
  trusteeAccess,
} from '../shared/commands/passwords.ts'
import { answer, file, type Handle, http, ordered, param, whoAsks } from '../shared/http.ts'
import { readJson } from '../shared/intake/json.ts'
import { kicks } from '../shared/leaving.ts'

const get = (name: string, route: string, handle: Handle) =>
  app.http(name, { route, methods: ['GET'], authLevel: 'function', handler: http(handle) })

/** GET: where the passwords of a wave stand, and what a trustee hands out. */
get('get-passwords', 'waves/{wave}/passwords', async (releve, request) =>
  answer(200, await passwordList(releve, param(request, 'wave'))),
)
get('get-password-code', 'waves/{wave}/passwords/{address}/code', async (releve, request) =>
  answer(200, await secondFactor(releve, param(request, 'wave'), param(request, 'address'), whoAsks(request))),
)
get('get-password-bundle', 'waves/{wave}/passwords.zip', async (releve, request) => {
  const { zip, link } = await passwordBundle(releve, archiveOf(request), whoAsks(request))
  return file('application/zip', 'passwords.zip', zip, { 'x-archive-password-link': link })
})
get('get-password-letters', 'waves/{wave}/letters.pdf', async (releve, request) =>
  file('application/pdf', 'letters.pdf', await passwordLetters(releve, archiveOf(request), whoAsks(request))),
)

get('get-trustee-access', 'waves/{wave}/trustee', async (releve, request) =>
  answer(200, await trusteeAccess(releve, archiveOf(request), whoAsks(request))),
)

/** Which passwords are asked for: those of the wave, or with `?entity=` of that entity. */
const archiveOf = (request: HttpRequest) => ({ wave: param(request, 'wave'), entity: request.query.get('entity') ?? undefined })

/** POST /api/waves/{wave}/reissue: new passwords for some mailboxes. */
app.http('wave-reissue', {
  route: 'waves/{wave}/reissue',
  methods: ['POST'],
  authLevel: 'function',
  ...kicks,
  handler: http(async (releve, request) => {
    const order = readJson(new Uint8Array(await request.arrayBuffer()))
    return ordered(releve, request, 202, app => reissue(app, param(request, 'wave'), order, whoAsks(request)))
  }),
})

/** POST /api/waves/{wave}/passwords: passwords that somebody else set, to be sealed and handed over. */
app.http('hand-in-passwords', {
  route: 'waves/{wave}/passwords',
  methods: ['POST'],
  authLevel: 'function',
  ...kicks,
  handler: http(async (releve, request) => {
    const passwords = readJson(new Uint8Array(await request.arrayBuffer()))
    return ordered(releve, request, 202, app => handIn(app, param(request, 'wave'), passwords, whoAsks(request)))
  }),
})
