import { type Component, first, type Property, plain, split, textOf, words } from './content-lines.ts'
import { brief, type Exception, type Item, keyOf } from './item.ts'
import { type Address, aside, contactOf, nameOf, type Person, type Phone, type Place, put, somebody } from './person.ts'

/** Says nothing about somebody: how the card was made and filed. */
const technical = /^(VERSION|PRODID|REV|UID|SORT-STRING|MAILER|CLASS|SOURCE|NAME|PROFILE|KIND|CLIENTPIDMAP|XML)$/
const technicalX =
  /^X-(AB(LABEL|UID|ADR|SHOWAS)|ADDRESSBOOK|MOZILLA-|MOZ-|EVOLUTION-(FILE-AS|WEBDAV|LIST)|ETAG|ID$|CLASS$|IMAGE|MS-OL-DE|MS-CARDPICTURE|MS-IMADDRESS-|WAB-|PRODID|APPLE-SUBLOCALITY|OC-|OWNCLOUD|KADDRESSBOOK-CRYPTO)/

const chats = /^(IMPP|X-(AIM|ICQ|JABBER|MSN|YAHOO|SKYPE|SKYPE-USERNAME|GADUGADU|GROUPWISE|GOOGLE-TALK|MS-IMADDRESS))$/
const pictures = /^(PHOTO|LOGO|SOUND|KEY)$/

/** What other programs call what Exchange has a place for. */
const others = {
  'X-EVOLUTION-SPOUSE': 'spouseName',
  'X-SPOUSE': 'spouseName',
  'X-MS-SPOUSE': 'spouseName',
  'X-KADDRESSBOOK-X-SPOUSESNAME': 'spouseName',
  'X-EVOLUTION-MANAGER': 'manager',
  'X-MANAGER': 'manager',
  'X-MS-MANAGER': 'manager',
  'X-KADDRESSBOOK-X-MANAGERSNAME': 'manager',
  'X-EVOLUTION-ASSISTANT': 'assistantName',
  'X-ASSISTANT': 'assistantName',
  'X-MS-ASSISTANT': 'assistantName',
  'X-KADDRESSBOOK-X-ASSISTANTSNAME': 'assistantName',
  ROLE: 'profession',
  'X-KADDRESSBOOK-X-PROFESSION': 'profession',
  'X-KADDRESSBOOK-X-OFFICE': 'officeLocation',
  TITLE: 'jobTitle',
  FN: 'displayName',
  NICKNAME: 'nickName',
} as const

/** A card as a contact, or why it is none. */
export function contactOfCard(card: Component): Item | Exception {
  const at = `line ${card.line}`
  const cannot = (name: string, reason: string, remedy: string): Exception => ({ at, name: brief(name), reason, remedy })
  const person = personOf(card)
  const name = nameOf(person)
  if (card.open)
    return cannot(name, 'the card has no END:VCARD: the file may be cut off', 'Export the address book again, and send it whole.')
  if (/^(group|list)$/i.test(textOf(card, 'KIND') ?? textOf(card, 'X-ADDRESSBOOKSERVER-KIND') ?? ''))
    return cannot(
      name,
      'a list of contacts; Microsoft Graph makes none in a mailbox',
      'Make it anew in Outlook (New, Contact list); its members are in the same address book.',
    )
  if (name === '')
    return cannot(name, 'the card has no name, no address and no telephone', 'Open it in the old address book: is it wanted?')
  const { body, reduced } = contactOf(person)
  const uid = textOf(card, 'UID')
  return { kind: 'contacts', key: uid ? keyOf('uid', uid) : contentKey(card), at, name: brief(name), body, reduced }
}

/** The key of what a card says, whenever and by whatever it was exported. */
export function contentKey({ name, properties }: Component): string {
  const says = properties
    .filter(one => !/^(REV|PRODID|VERSION|DTSTAMP)$/.test(one.name))
    .map(one => [one.name, ...[...one.params].map(([key, values]) => `${key}=${values}`), one.value].join(';'))
  return keyOf(name, ...says)
}

function personOf(card: Component): Person {
  const person = somebody()
  const byWish = card.properties
    .map((property, i) => ({ property, wish: wishOf(property), i }))
    .sort((a, b) => a.wish - b.wish || a.i - b.i)
  for (const { property } of byWish) take(person, property, labelOf(card, property), card)
  for (const { line, text } of card.unread) aside(person, `line ${line}`, brief(text), 'unreadable line')
  return person
}

function take(person: Person, property: Property, label: string, card: Component): void {
  const { name, value } = property
  const text = plain(value)
  if (text === '' || technical.test(name) || technicalX.test(name)) return
  const known = others[name as keyof typeof others]
  if (name === 'N') names(person, value)
  else if (known) put(person, known, name === 'NICKNAME' ? split(value, ',').join(', ') : text, label)
  else if (name === 'EMAIL') person.emails.push({ address: text.replace(/^mailto:/i, ''), label })
  else if (name === 'TEL') telephone(person, property, text.replace(/^tel:/i, ''), label)
  else if (name === 'ADR') address(person, property, label)
  else if (name === 'LABEL') {
    if (!first(card, 'ADR')) aside(person, label, text, 'address')
  } else if (name === 'ORG') organisation(person, value, label)
  else if (name === 'BDAY') birthday(person, property, text, label)
  else if (name === 'NOTE') person.note.push(text)
  else if (name === 'CATEGORIES') person.categories.push(...split(value, ',').filter(Boolean))
  else if (name === 'URL') person.pages.push({ url: text, label })
  else if (chats.test(name)) person.chats.push({ address: text.replace(/^[a-z-]+:(?!\/)/i, ''), label })
  else if (name === 'X-MS-CHILD' || name === 'X-CHILDREN') person.children.push(...split(value, ',').filter(Boolean))
  else if (pictures.test(name)) person.lost.push(name.toLowerCase())
  else aside(person, label, split(value, ';').filter(Boolean).join(', '), name.startsWith('X-') ? 'other field' : name)
}

function names(person: Person, value: string): void {
  const [surname, givenName, middleName, title, generation] = split(value, ';')
  for (const [name, text] of Object.entries({ surname, givenName, middleName, title, generation }))
    put(person, name as 'surname', text ?? '', name)
}

function telephone(person: Person, property: Property, number: string, label: string): void {
  const types = words(property, 'TYPE')
  const is = (...names: string[]) => names.some(one => types.includes(one))
  const kind: Phone = is('cell', 'mobile', 'iphone', 'car') ? 'mobile' : is('home') ? 'home' : is('other') ? 'other' : 'business'
  if (is('fax')) aside(person, label, number, 'fax')
  else if (is('pager', 'textphone', 'telex', 'modem', 'bbs')) aside(person, label, number, 'telephone')
  else person.phones.push({ kind, number, label })
}

function address(person: Person, property: Property, label: string): void {
  const [box = '', extended = '', streetOnly = '', city = '', state = '', postalCode = '', country = ''] = split(
    property.value,
    ';',
  )
  const street = [box, extended, streetOnly].filter(Boolean).join('\n')
  const said: Address = { street, city, state, postalCode, countryOrRegion: country }
  const address = Object.fromEntries(Object.entries(said).filter(([, text]) => text !== ''))
  if (Object.keys(address).length === 0) return
  const types = words(property, 'TYPE')
  const kind: Place = types.includes('work') ? 'business' : types.includes('home') ? 'home' : 'other'
  person.addresses.push({ kind, address, label })
}

function organisation(person: Person, value: string, label: string): void {
  const [company = '', ...units] = split(value, ';')
  put(person, 'companyName', company, label)
  put(person, 'department', units.filter(Boolean).join(', '), label)
}

/** A day without its year has no place: Exchange keeps dates. */
function birthday(person: Person, { params }: Property, text: string, label: string): void {
  const [, year = '', month = '', day = ''] = /^(\d{4})-?(\d\d)-?(\d\d)(?:T.*)?$/.exec(text) ?? []
  const date = `${year}-${month}-${day}`
  const isDay = !Number.isNaN(Date.parse(date)) && new Date(date).toISOString().startsWith(date)
  const omitted = params.get('X-APPLE-OMIT-YEAR')?.includes(year)
  if (isDay && !omitted && person.birthday === undefined) person.birthday = date
  else if (person.birthday !== date) aside(person, label, text, 'birthday')
}

/** How much a value is wanted: 1 most. */
function wishOf(property: Property): number {
  if (words(property, 'TYPE').includes('pref')) return 1
  return Number(property.params.get('PREF')?.[0]) || 101
}

/** What a value is called in the notes: `TEL (work, fax)`, or by the name that its owner gave it. */
function labelOf({ properties }: Component, property: Property): string {
  const own = property.group && properties.find(one => one.group === property.group && one.name === 'X-ABLABEL')
  const types = words(property, 'TYPE').filter(type => !/^(pref|internet|voice|postal|parcel|dom|intl)$/.test(type))
  const said = own ? [plain(own.value).replace(/^_\$!<(.*)>!\$_$/, '$1')] : types
  return said.length > 0 ? `${property.name} (${said.join(', ')})` : property.name
}
