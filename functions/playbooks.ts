import { app } from '@azure/functions'
import { storePlaybook } from '../shared/commands/playbooks.ts'
import { answer, http, param, whoAsks } from '../shared/http.ts'

/** PUT /api/playbooks/{playbook}: stores a playbook, YAML or JSON, as its next version. */
app.http('put-playbook', {
  route: 'playbooks/{playbook}',
  methods: ['PUT'],
  authLevel: 'function',
  handler: http(async (releve, request) => {
    const type = request.headers.get('content-type') ?? undefined
    const stored = await storePlaybook(releve, param(request, 'playbook'), await request.text(), type, whoAsks(request))
    return answer(stored.created ? 201 : 200, { playbook: stored.playbook, version: stored.version })
  }),
})
