import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { anna, type GraphMailbox, graphMailbox } from './mailbox.ts'
import { clientId, secret, tenantId } from './tenant.ts'

/** The stand-in itself refuses what Exchange Online refuses; else a writer that passes against it proves nothing. */
describe('the mailbox of the stand-in', () => {
  let at: GraphMailbox
  let bearer = ''
  before(async () => {
    at = await graphMailbox({ permissions: ['Mail.ReadWrite'] })
    const form = {
      client_id: clientId,
      client_secret: secret,
      grant_type: 'client_credentials',
      scope: 'https://graph.microsoft.com/.default',
    }
    const answer = await fetch(`${at.service.loginUrl}/${tenantId}/oauth2/v2.0/token`, {
      method: 'POST',
      body: new URLSearchParams(form),
    })
    bearer = ((await answer.json()) as { access_token: string }).access_token
  })
  after(() => at.close())

  const call = async (method: string, path: string, body?: unknown, more: { version?: string; type?: string } = {}) => {
    const { version = 'v1.0', type = 'application/json' } = more
    const answer = await fetch(`${at.service.url}/${version}/users/${anna}/${path}`, {
      method,
      headers: { authorization: `Bearer ${bearer}`, ...(body === undefined ? {} : { 'content-type': type }) },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await answer.text()
    const read = text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : {}
    return {
      status: answer.status,
      retryAfter: answer.headers.get('retry-after'),
      body: read,
      code: (read.error as { code?: string })?.code,
    }
  }
  const property = (id: string, value: unknown) => ({ singleValueExtendedProperties: [{ id, value }] })

  const refusals: [string, string, string, unknown, number, string][] = [
    ['a folder that is not there', 'POST', 'mailFolders/nowhere/messages', { subject: 's' }, 404, 'ErrorItemNotFound'],
    ['a second folder of a name, whatever its case', 'POST', 'mailFolders', { displayName: 'INBOX' }, 409, 'ErrorFolderExists'],
    ['a folder without a name', 'POST', 'mailFolders', {}, 400, 'ErrorInvalidParameter'],
    ['a message that is not there', 'PATCH', 'messages/none', { isRead: true }, 404, 'ErrorItemNotFound'],
    [
      'a property that is none',
      'POST',
      'mailFolders/inbox/messages',
      property('Integer', '1'),
      400,
      'ErrorInvalidExtendedProperty',
    ],
    ['a value that is no string', 'POST', 'mailFolders/inbox/messages', property('Integer 0x0E07', 1), 400, 'BadRequest'],
    [
      'a date that is none',
      'POST',
      'mailFolders/inbox/messages',
      property('SystemTime 0x0E06', 'soon'),
      400,
      'ErrorInvalidExtendedPropertyValue',
    ],
    [
      'a date before Exchange’s time',
      'POST',
      'mailFolders/inbox/messages',
      property('SystemTime 0x0E06', '1500-01-01T00:00:00Z'),
      400,
      'ErrorInvalidExtendedPropertyValue',
    ],
    [
      'a header of its own name',
      'POST',
      'mailFolders/inbox/messages',
      { internetMessageHeaders: [{ name: 'Received', value: 'x' }] },
      400,
      'InvalidInternetMessageHeader',
    ],
    [
      'a body of more than 4 MB',
      'POST',
      'mailFolders/inbox/messages',
      { subject: 'x'.repeat(4_300_000) },
      413,
      'RequestEntityTooLarge',
    ],
    [
      'a page of more than a thousand',
      'GET',
      'mailFolders/inbox/messages?$top=1001',
      undefined,
      400,
      'ErrorInvalidUrlQueryParameter',
    ],
    [
      'properties that nobody asked for by id',
      'GET',
      'mailFolders/inbox/messages?$expand=singleValueExtendedProperties',
      undefined,
      400,
      'ErrorInvalidUrlQuery',
    ],
  ]
  for (const [what, method, path, body, status, code] of refusals)
    test(`refuses ${what}`, async () => {
      const answer = await call(method, path, body)
      assert.deepEqual([answer.status, answer.code], [status, code])
    })

  test('a message is a draft for ever unless PidTagMessageFlags says otherwise when it is made', async () => {
    const draft = await call('POST', 'mailFolders/inbox/messages', {
      subject: 's',
      isDraft: false,
      receivedDateTime: '2001-01-01T00:00:00Z',
    })
    assert.deepEqual([draft.status, draft.body.isDraft], [201, true])
    assert.notEqual(draft.body.receivedDateTime, '2001-01-01T00:00:00Z')
    const later = await call('PATCH', `messages/${draft.body.id}`, property('Integer 0x0E07', '1'))
    assert.equal(later.body.isDraft, true)
    const sent = await call('POST', 'mailFolders/inbox/messages', { subject: 's', ...property('Integer 0x0E07', '1') })
    assert.equal(sent.body.isDraft, false)
    const mime = await call('POST', 'mailFolders/inbox/messages', Buffer.from('Subject: s\r\n\r\n').toString('base64'), {
      type: 'text/plain',
    })
    assert.deepEqual([mime.status, mime.body.isDraft], [201, true])
  })

  test('what stands in a message that is no draft is closed without the advanced permission; flags are not', async () => {
    const { body } = await call('POST', 'mailFolders/inbox/messages', { subject: 's', ...property('Integer 0x0E07', '1') })
    assert.equal((await call('PATCH', `messages/${body.id}`, { subject: 'other' })).status, 403)
    assert.equal((await call('PATCH', `messages/${body.id}`, { isRead: true, flag: { flagStatus: 'flagged' } })).status, 200)
  })

  test('importMime is of beta, and of the advanced permission', async () => {
    const mime = Buffer.from('Subject: s\r\n\r\n').toString('base64')
    assert.equal((await call('POST', 'mailFolders/inbox/importMime', mime, { type: 'text/plain' })).status, 400)
    const asked = await call('POST', 'mailFolders/inbox/importMime', mime, { type: 'text/plain', version: 'beta' })
    assert.deepEqual([asked.status, asked.code], [403, 'ErrorAccessDenied'])
  })

  test('an upload session takes ranges in order, below 4 MB each, and no token', async () => {
    const { body } = await call('POST', 'mailFolders/inbox/messages', { subject: 's', ...property('Integer 0x0E07', '1') })
    const item = (size: number) => ({ AttachmentItem: { attachmentType: 'file', name: 'a.bin', size } })
    const small = await call('POST', `messages/${body.id}/attachments/createUploadSession`, item(1000))
    assert.equal(small.code, 'ErrorAttachmentSizeShouldNotBeLessThanMinimumSize')
    const { body: session } = await call('POST', `messages/${body.id}/attachments/createUploadSession`, item(5_000_000))
    const put = async (from: number, length: number, headers: Record<string, string> = {}) => {
      const range = { 'content-range': `bytes ${from}-${from + length - 1}/5000000`, ...headers }
      return (await fetch(String(session.uploadUrl), { method: 'PUT', headers: range, body: Buffer.alloc(length) })).status
    }
    assert.equal(await put(0, 100, { authorization: `Bearer ${bearer}` }), 401)
    assert.equal(await put(100, 100), 416)
    assert.equal(await put(0, 4_500_000), 413)
    assert.equal(await put(0, 3_000_000), 200)
    assert.equal(await put(0, 3_000_000), 416)
    assert.equal(await put(3_000_000, 2_000_000), 201)
    assert.equal(await put(0, 100), 404)
  })

  test('a fifth request at once to one mailbox is throttled', async () => {
    const answers = await Promise.all(Array.from({ length: 40 }, () => call('GET', 'mailFolders')))
    const refused = answers.filter(({ status }) => status === 429)
    assert.ok(answers.some(({ status }) => status === 200))
    for (const { code, retryAfter } of refused) assert.deepEqual([code, retryAfter], ['ApplicationThrottled', '1'])
  })

  test('pages through a folder', async () => {
    const { body } = await call('POST', 'mailFolders', { displayName: 'Pages' })
    for (let i = 0; i < 25; i++)
      await call('POST', `mailFolders/${body.id}/messages`, { subject: `${i}`, ...property('Integer 0x0E07', '1') })
    const seen: unknown[] = []
    let next: string | undefined = `mailFolders/${body.id}/messages?$orderby=createdDateTime&$top=10`
    for (let pages = 0; next; pages++) {
      const page: Awaited<ReturnType<typeof call>> = await call('GET', next)
      seen.push(...(page.body.value as { subject: string }[]).map(({ subject }) => subject))
      next = (page.body['@odata.nextLink'] as string | undefined)?.split(`users/${anna}/`)[1]
      assert.ok(pages < 3)
    }
    assert.deepEqual(
      seen,
      Array.from({ length: 25 }, (_, i) => `${i}`),
    )
  })
})
