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
import { answer, file, type Handle, http, ordered, param } from '../shared/http.ts'
import { readJson } from '../shared/intake/json.ts'
import { kicks } from '../shared/leaving.ts'

const get = (name: string, route: string, handle: Handle) =>
  app.http(name, { route, methods: ['GET'], authLevel: 'function', handler: http(handle) })

/** GET: what opens mailboxes, for operators alone. */
const secret = (name: string, route: string, handle: Handle) =>
  app.http(name, { route, methods: ['GET'], authLevel: 'function', handler: http(handle, 'secrets') })

/** GET: where the passwords of a wave stand, and what a trustee hands out. */
get('get-passwords', 'waves/{wave}/passwords', async (releve, request) =>
  answer(200, await passwordList(releve, param(request, 'wave'))),
)
secret('get-password-code', 'waves/{wave}/passwords/{address}/code', async (releve, request, who) =>
  answer(200, await secondFactor(releve, param(request, 'wave'), param(request, 'address'), who)),
)
secret('get-password-bundle', 'waves/{wave}/passwords.zip', async (releve, request, who) => {
  const { zip, link } = await passwordBundle(releve, archiveOf(request), who)
  return file('application/zip', 'passwords.zip', zip, { 'x-archive-password-link': link })
})
secret('get-password-letters', 'waves/{wave}/letters.pdf', async (releve, request, who) =>
  file('application/pdf', 'letters.pdf', await passwordLetters(releve, archiveOf(request), who)),
)

secret('get-trustee-access', 'waves/{wave}/trustee', async (releve, request, who) =>
  answer(200, await trusteeAccess(releve, archiveOf(request), who)),
)

/** Which passwords are asked for: those of the wave, or with `?entity=` of that entity. */
const archiveOf = (request: HttpRequest) => ({ wave: param(request, 'wave'), entity: request.query.get('entity') ?? undefined })

/** POST /api/waves/{wave}/reissue: new passwords for some mailboxes. */
app.http('wave-reissue', {
  route: 'waves/{wave}/reissue',
  methods: ['POST'],
  authLevel: 'function',
  ...kicks,
  handler: http(async (releve, request, who) => {
    const order = readJson(new Uint8Array(await request.arrayBuffer()))
    return ordered(releve, request, 202, app => reissue(app, param(request, 'wave'), order, who))
  }),
})

/** POST /api/waves/{wave}/passwords: passwords that somebody else set, to be sealed and handed over. */
app.http('hand-in-passwords', {
  route: 'waves/{wave}/passwords',
  methods: ['POST'],
  authLevel: 'function',
  ...kicks,
  handler: http(async (releve, request, who) => {
    const passwords = readJson(new Uint8Array(await request.arrayBuffer()))
    return ordered(releve, request, 202, app => handIn(app, param(request, 'wave'), passwords, who))
  }),
})
