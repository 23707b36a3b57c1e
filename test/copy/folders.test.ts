import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { cleanName, type FolderRules, mapFolders } from '../../shared/copy/folders.ts'
import type { ListedFolder, Role } from '../../shared/source/source.ts'
import { exchangeItemFolders, type Traits } from '../../shared/targets/target.ts'

type Server = { delimiter: string; prefix?: string }
const dot: Server = { delimiter: '.' }
const slash: Server = { delimiter: '/' }
const courier: Server = { delimiter: '.', prefix: 'INBOX.' }

const traits = ({ delimiter, prefix = '' }: Server): Traits => ({
  delimiter,
  prefix,
  forbidden: delimiter,
  rebuilds: false,
  tellsUids: true,
})

/** `Sent \Sent`, `Box (container)`, `All (virtual)`: a folder as a server lists it. */
function listed({ delimiter, prefix = '' }: Server, line: string): ListedFolder {
  const [, path = line, role] = /^(.*?)(?: (\\\w+))?(?: \(\w+\))?$/.exec(line) ?? []
  const bare = prefix && path.startsWith(prefix) ? path.slice(prefix.length) : path
  const inbox = path.toUpperCase() === 'INBOX' ? '\\Inbox' : undefined
  const known = (role ?? inbox) as Role | undefined
  return {
    path,
    segments: bare.split(delimiter),
    ...(known ? { role: known } : {}),
    subscribed: true,
    container: line.endsWith('(container)'),
    virtual: line.endsWith('(virtual)'),
  }
}

/** What a mapping says, as `source -> target`, with `+` where the target folder is to be made. */
function mapped(
  from: Server,
  source: string[],
  to: Server,
  target: string[],
  rules?: FolderRules,
  known?: Map<string, string>,
): string[] {
  const folders = (server: Server, lines: string[]) => lines.map(line => listed(server, line))
  return mapFolders(folders(from, source), folders(to, target), traits(to), rules, known).map(
    ({ path, targetPath, make }) => `${path} -> ${targetPath}${make ? ' +' : ''}`,
  )
}

const exchange = [
  'INBOX',
  'Sent Items \\Sent',
  'Drafts \\Drafts',
  'Deleted Items \\Trash',
  'Junk Email \\Junk',
  'Archive \\Archive',
]

type Case = [what: string, from: Server, source: string[], to: Server, target: string[], wanted: string[], rules?: FolderRules]

const cases: Case[] = [
  ['an INBOX goes to the INBOX', dot, ['INBOX'], slash, exchange, ['INBOX -> INBOX']],
  ['an INBOX in another case goes to the INBOX', dot, ['Inbox'], slash, exchange, ['Inbox -> INBOX']],
  [
    'roles find each other, whatever they are called in French',
    dot,
    ['INBOX', 'Envoyés \\Sent', 'Brouillons \\Drafts', 'Corbeille \\Trash', 'Indésirables \\Junk'],
    slash,
    exchange,
    [
      'INBOX -> INBOX',
      'Brouillons -> Drafts',
      'Corbeille -> Deleted Items',
      'Envoyés -> Sent Items',
      'Indésirables -> Junk Email',
    ],
  ],
  [
    'in Dutch and German to French',
    dot,
    ['Verzonden items \\Sent', 'Papierkorb \\Trash', 'Entwürfe \\Drafts'],
    slash,
    ['INBOX', 'Éléments envoyés \\Sent', 'Éléments supprimés \\Trash', 'Brouillons \\Drafts'],
    ['Entwürfe -> Brouillons', 'Papierkorb -> Éléments supprimés', 'Verzonden items -> Éléments envoyés'],
  ],
  [
    'a role that the target has not keeps its name',
    dot,
    ['Archiv \\Archive', 'Gesendet \\Sent'],
    slash,
    ['INBOX', 'Sent Items \\Sent'],
    ['Archiv -> Archiv +', 'Gesendet -> Sent Items'],
  ],
  [
    'what has no role keeps its name, below its parent, with the target’s delimiter',
    dot,
    ['INBOX', 'Projets', 'Projets.2024', 'Projets.2024.Été'],
    slash,
    exchange,
    ['INBOX -> INBOX', 'Projets -> Projets +', 'Projets.2024 -> Projets/2024 +', 'Projets.2024.Été -> Projets/2024/Été +'],
  ],
  [
    'what lies below a role follows it',
    dot,
    ['Envoyés \\Sent', 'Envoyés.2023', 'INBOX', 'INBOX.Amis'],
    slash,
    exchange,
    ['INBOX -> INBOX', 'Envoyés -> Sent Items', 'Envoyés.2023 -> Sent Items/2023 +', 'INBOX.Amis -> INBOX/Amis +'],
  ],
  [
    'a prefix of the source is no parent',
    courier,
    ['INBOX', 'INBOX.Envoyés \\Sent', 'INBOX.Amis', 'INBOX.Amis.Paul'],
    slash,
    exchange,
    ['INBOX -> INBOX', 'INBOX.Amis -> Amis +', 'INBOX.Amis.Paul -> Amis/Paul +', 'INBOX.Envoyés -> Sent Items'],
  ],
  [
    'a prefix of the target comes before new folders',
    slash,
    ['INBOX', 'Amis', 'Amis/Paul'],
    courier,
    ['INBOX'],
    ['INBOX -> INBOX', 'Amis -> INBOX.Amis +', 'Amis/Paul -> INBOX.Amis.Paul +'],
  ],
  [
    'the target’s delimiter in a name is replaced',
    dot,
    ['2023/24', 'a/b.c/d'],
    slash,
    [],
    ['2023/24 -> 2023-24 +', 'a/b.c/d -> a-b/c-d +'],
  ],
  [
    'below parents that the source does not list',
    dot,
    ['Lycée.2024.Mai', 'Privé.2024.Mai', 'Privé'],
    slash,
    [],
    ['Lycée.2024.Mai -> Lycée/2024/Mai +', 'Privé -> Privé +', 'Privé.2024.Mai -> Privé/2024/Mai +'],
  ],
  ['a control character in a name is replaced', dot, ['a\tb'], slash, [], ['a\tb -> a-b +']],
  [
    'names that differ only in case get a number, since Exchange does not tell them apart',
    slash,
    ['Projets', 'projets', 'PROJETS'],
    slash,
    [],
    ['PROJETS -> PROJETS +', 'Projets -> Projets (2) +', 'projets -> projets (3) +'],
  ],
  [
    'names that differ only in how é is written get a number',
    slash,
    ['\u00e9t\u00e9', 'e\u0301te\u0301'],
    slash,
    [],
    ['e\u0301te\u0301 -> e\u0301te\u0301 +', '\u00e9t\u00e9 -> \u00e9t\u00e9 (2) +'],
  ],
  [
    'what lies below a numbered folder follows it',
    slash,
    ['A', 'a', 'A/x', 'a/x'],
    slash,
    [],
    ['A -> A +', 'A/x -> A/x +', 'a -> a (2) +', 'a/x -> a (2)/x +'],
  ],
  [
    'a folder named like the target’s folder of a role that is taken gets a number',
    dot,
    ['Envoyés \\Sent', 'Sent Items'],
    slash,
    exchange,
    ['Envoyés -> Sent Items', 'Sent Items -> Sent Items (2) +'],
  ],
  [
    'a folder that the target has already is used as it is written there',
    slash,
    ['projets'],
    slash,
    ['Projets'],
    ['projets -> Projets'],
  ],
  [
    'a mere parent is not copied, but its children lie below it',
    dot,
    ['Box (container)', 'Box.in'],
    slash,
    [],
    ['Box.in -> Box/in +'],
  ],
  ['a target’s mere parent is made a folder', slash, ['Box'], slash, ['Box (container)'], ['Box -> Box +']],
  ['a view of other folders is not copied', slash, ['INBOX', 'All (virtual)'], slash, ['INBOX'], ['INBOX -> INBOX']],
  [
    'an excluded folder is left out with what lies below it',
    dot,
    ['INBOX', 'Vieux', 'Vieux.2001', 'Vieux.2001.Mai', 'Vieuxnoir'],
    slash,
    ['INBOX'],
    ['INBOX -> INBOX', 'Vieuxnoir -> Vieuxnoir +'],
    { exclude: ['Vieux'] },
  ],
  [
    'an excluded folder may be named by its path, or with / between its levels',
    courier,
    ['INBOX', 'INBOX.A.B', 'INBOX.A.B.C', 'INBOX.D.E', 'INBOX.D.E.F'],
    slash,
    ['INBOX'],
    ['INBOX -> INBOX'],
    { exclude: ['INBOX.A.B', 'D/E'] },
  ],
  [
    'a mapped folder goes where the playbook says, and its children with it',
    dot,
    ['Bois', 'Bois.2024', 'Envoyés \\Sent'],
    slash,
    exchange,
    ['Bois -> Archive/Bois +', 'Bois.2024 -> Archive/Bois/2024 +', 'Envoyés -> Deleted Items'],
    { map: { Bois: 'Archive/Bois', Envoyés: 'Deleted Items' } },
  ],
]

/** An Exchange server lists folders of other items as well, in the language of the mailbox. */
const withItems: [string, string[], string[], FolderRules?][] = [
  [
    'not among contacts, notes or tasks, where nobody would see it, nor into the outbox',
    ['Contacts', 'Contacts.Clients', 'INBOX', 'Notes', 'notes', 'Boîte d’envoi'],
    [
      'INBOX -> INBOX',
      'Boîte d’envoi -> Boîte d’envoi (2) +',
      'Contacts -> Contacts (2) +',
      'Contacts.Clients -> Contacts (2)/Clients +',
      'Notes -> Notes (2) +',
      'notes -> notes (2) (2) +',
    ],
  ],
  [
    'not below contacts, where its parent holds no mail or is not listed',
    ['Contacts (container)', 'Contacts.Clients', 'Notes.2024'],
    ['Contacts.Clients -> Contacts (2)/Clients +', 'Notes.2024 -> Notes (2)/2024 +'],
  ],
  [
    'to a folder of that name that holds mail',
    ['Calendrier', 'Projets.Notes', 'Agenda'],
    ['Agenda -> Agenda +', 'Calendrier -> Calendrier +', 'Projets.Notes -> Projets/Notes +'],
  ],
  ['where the playbook says, whatever is there', ['Amis'], ['Amis -> Contacts'], { map: { Amis: 'Contacts' } }],
]

describe('a source folder goes', () => {
  for (const [what, source, wanted, rules] of withItems)
    test(what, () => {
      const at = { ...traits(slash), itemFolders: exchangeItemFolders }
      const there = [...exchange, 'Contacts', 'Notes', 'Tâches', 'Boîte d’envoi'].map(line => listed(slash, line))
      const from = source.map(line => listed(dot, line))
      assert.deepEqual(
        mapFolders(from, there, at, rules).map(({ path, targetPath, make }) => `${path} -> ${targetPath}${make ? ' +' : ''}`),
        wanted,
      )
    })

  test('under a number that is told as a collision, where the target has other items under its name', () => {
    const at = { ...traits(slash), itemFolders: exchangeItemFolders }
    const there = [...exchange, 'Notes'].map(line => listed(slash, line))
    const from = ['Notes', 'Notes.2024'].map(line => listed(dot, line))
    assert.deepEqual(
      mapFolders(from, there, at).map(({ odd }) => odd),
      ['collision', undefined],
    )
  })

  for (const [what, from, source, to, target, wanted, rules] of cases) {
    test(what, () => assert.deepEqual(mapped(from, source, to, target, rules), wanted))
  }

  test('where it went before, whatever the server calls its folders now', () => {
    const known = new Map([['Envoyés', 'Sent Items']])
    const now = mapped(dot, ['Envoyés', 'Neu \\Sent', 'sent items'], slash, exchange, {}, known)
    assert.deepEqual(now, ['Envoyés -> Sent Items', 'Neu -> Sent Items (2) +', 'sent items -> sent items (3) +'])
  })

  test('to a place of its own: no two share a target folder', () => {
    const source = ['INBOX', 'A', 'a', 'A (2)', 'a/b', 'A/b', 'Sent \\Sent', 'sent items', 'INBOX/x', 'inbox/x']
    const targets = mapped(slash, source, slash, exchange).map(line =>
      line
        .replace(/^.* -> /, '')
        .replace(/ \+$/, '')
        .toLowerCase(),
    )
    assert.equal(new Set(targets).size, targets.length, targets.join(', '))
  })

  test('to the same place in whatever order the server lists', () => {
    const source = ['INBOX', 'A', 'a', 'A/x', 'a/x', 'Sent \\Sent', 'sent items']
    const forward = mapped(slash, source, slash, exchange)
    assert.deepEqual(mapped(slash, source.toReversed(), slash, exchange), forward)
  })
})

describe('a name', () => {
  const names: [string, string][] = [
    ['Été 2024', 'Été 2024'],
    ['a/b', 'a-b'],
    ['50%*', '50--'],
    [' outer ', 'outer'],
    ['/', '-'],
    ['', '-'],
    ['\u0007bell', '-bell'],
    ['日本語 📁', '日本語 📁'],
  ]
  for (const [name, wanted] of names) {
    test(`“${name}” becomes “${wanted}”`, () => assert.equal(cleanName(name, { delimiter: '/', forbidden: '/%*' }), wanted))
  }
})
