import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { mapFolders } from '../../shared/copy/folders.ts'
import { openImapSource } from '../../shared/source/imap.ts'
import { openImapTarget } from '../../shared/targets/imap.ts'
import { scripted } from './scripted.ts'

/** What a server lists, and what it says of its personal namespace. */
async function server(names: string[], prefix = '', delimiter = '/') {
  return scripted((line, say) => {
    const [tag, verb] = line.split(' ')
    if (verb === 'NAMESPACE') say(`* NAMESPACE (("${prefix}" "${delimiter}")) NIL NIL\r\n`)
    if (verb === 'LIST') for (const name of names) say(`* LIST () "${delimiter}" "${name}"\r\n`)
    say(`${tag} OK done\r\n`)
  }, 'IMAP4rev1 NAMESPACE')
}

/** Where the folders of one server go on another. */
async function mapped(from: Awaited<ReturnType<typeof server>>, to: Awaited<ReturnType<typeof server>>): Promise<string[]> {
  const source = openImapSource(from.endpoint, 'anna')
  const target = await openImapTarget(to.endpoint, 'anna')
  try {
    const [here, there] = await Promise.all([source.folders(), target.folders()])
    return mapFolders(here, there, target.traits).map(
      ({ path, targetPath, make }) => `${path} -> ${targetPath}${make ? ' +' : ''}`,
    )
  } finally {
    await Promise.all([source.close(), target.close()])
    from.close()
    to.close()
  }
}

describe('what lies below the INBOX goes below the INBOX, however each server writes it', () => {
  test('below Inbox', async () => {
    assert.deepEqual(await mapped(await server(['Inbox', 'Inbox/Amis', 'inbox/Amis/Paul']), await server(['INBOX'])), [
      'INBOX -> INBOX',
      'Inbox/Amis -> INBOX/Amis +',
      'inbox/Amis/Paul -> INBOX/Amis/Paul +',
    ])
  })

  test('below a prefix in another case', async () => {
    const from = await server(['INBOX', 'Inbox.Amis', 'Inbox.Amis.Paul'], 'INBOX.', '.')
    assert.deepEqual(await mapped(from, await server(['INBOX'])), [
      'INBOX -> INBOX',
      'Inbox.Amis -> Amis +',
      'Inbox.Amis.Paul -> Amis/Paul +',
    ])
  })

  test('to a target that has them already in another case', async () => {
    const to = await server(['Inbox', 'Inbox/Amis'])
    assert.deepEqual(await mapped(await server(['INBOX', 'INBOX/Amis']), to), ['INBOX -> INBOX', 'INBOX/Amis -> Inbox/Amis'])
  })
})
