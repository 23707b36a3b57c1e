import { nearest } from '../intake/nearest.ts'
import { askedName, type Column, type Fixed, fixed } from './columns.ts'
import { plain, wordsOf } from './plain.ts'
import { everyWords } from './words.ts'

/** What else people and older workbooks call the columns. */
const more: Partial<Record<Fixed, string>> = {
  address:
    'e-mail, mail, e-mail address, mail address, adresse e-mail, adresse mail, courriel, e-mailadres, mailadres, E-Mail-Adresse, adresse actuelle',
  keep: 'keep, conserver, garder, à conserver, behouden, bewaren, behalten',
  kind: 'type, licence, license, nature, soort, licentie, art, Lizenz',
  aliasOf: 'alias, alias pour, alias für, alias voor, cible de l’alias',
  members: 'member, membre, membres de la boîte partagée, délégués, lid, Mitglied, delegates',
  calendarShares: 'shared calendar, partage d’agenda, agenda partagé, gedeelde agenda, Kalenderfreigabe, freigegebener Kalender',
  reason: 'raison, justification, waarom, Grund',
  surname: 'last name, family name, nom de famille, familienaam, achternaam, Nachname, Familienname',
  givenName: 'given name, firstname, roepnaam',
  phone: 'phone, tél, tel, gsm, mobile, téléphone fixe',
  jobTitle: 'job title, titre, poste, functietitel, Position',
  department: 'department, département, afdeling',
  class: 'classe, class, klasse, Klasse',
}

/** Columns of a heading row: for each cell the column that it heads, or undefined. */
export type Heads = (Column | undefined)[]

/** What each heading of a row means; a heading that says nothing known by its words is taken by its place, where `placed` says what stood there. */
export function headsOf(row: readonly string[], columns: readonly Column[], placed: readonly Column[] = []): Heads {
  const asked = new Map(columns.flatMap(id => (askedName(id) ? [[plain(askedName(id) ?? ''), id] as const] : [])))
  const exact: Heads = row.map(heading => (heading === '' ? undefined : (asked.get(plain(heading)) ?? known.get(plain(heading)))))
  // What only resembles a heading gives way to the heading itself.
  const read = fill(exact, row, heading => meant(heading))
  return fill(read, row, (_, c) => placed[c])
}

function fill(heads: Heads, row: readonly string[], guess: (heading: string, c: number) => Column | undefined): Heads {
  const taken = new Set(heads)
  return heads.map((head, c) => {
    const guessed = head === undefined && row[c] ? guess(row[c], c) : undefined
    if (guessed === undefined || taken.has(guessed)) return head
    taken.add(guessed)
    return guessed
  })
}

/** How many different columns a row heads. */
export function worth(heads: Heads): number {
  return new Set(heads.filter(head => head !== undefined)).size
}

const known = new Map<string, Fixed>()
for (const id of fixed) for (const { columns } of everyWords) known.set(plain(columns[id]), id)
for (const [id, names = ''] of Object.entries(more)) for (const name of names.split(', ')) known.set(plain(name), id as Fixed)
const phrases = [...known].map(([name, id]) => ({ name, id })).sort((a, b) => b.name.length - a.name.length)

function meant(heading: string): Fixed | undefined {
  const text = plain(heading)
  if (text.length > 60) return undefined
  const near =
    text.length >= 5
      ? nearest(
          text,
          phrases.flatMap(({ name }) => (name.length >= 5 ? [name] : [])),
        )
      : undefined
  if (near) return known.get(near)
  // `Adresse e-mail du bénévole`: a known heading among its first words.
  const words = wordsOf(heading)
  const starts = words.map((_, i) => words.slice(0, words.length - i).join(''))
  return starts.flatMap(start => known.get(start) ?? [])[0]
}
