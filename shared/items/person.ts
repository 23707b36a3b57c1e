/** Where somebody is reached or lives, as Exchange tells them apart. */
export type Place = 'business' | 'home' | 'other'
export type Phone = Place | 'mobile'
export type Address = { street?: string; city?: string; state?: string; postalCode?: string; countryOrRegion?: string }

/** A contact as it was exported, before it is fitted into what Exchange has room for. In each list the one that is wanted most comes first. */
export type Person = {
  /** Texts that Graph has a property of the same name for. */
  texts: Partial<Record<Text, string>>
  emails: { address: string; label: string }[]
  phones: { kind: Phone; number: string; label: string }[]
  addresses: { kind: Place; address: Address; label: string }[]
  chats: { address: string; label: string }[]
  pages: { url: string; label: string }[]
  children: string[]
  categories: string[]
  /** YYYY-MM-DD. */
  birthday?: string
  note: string[]
  /** What Graph has no property for, by the word that it has in the file. */
  rest: { label: string; text: string; what: string }[]
  /** What text cannot hold either. */
  lost: string[]
}

const texts = [
  'displayName',
  'givenName',
  'middleName',
  'surname',
  'title',
  'generation',
  'nickName',
  'initials',
  'companyName',
  'department',
  'jobTitle',
  'profession',
  'manager',
  'assistantName',
  'spouseName',
  'officeLocation',
] as const
export type Text = (typeof texts)[number]

export const somebody = (): Person => ({
  texts: {},
  emails: [],
  phones: [],
  addresses: [],
  chats: [],
  pages: [],
  children: [],
  categories: [],
  note: [],
  rest: [],
  lost: [],
})

/** Puts a text into its place; a second one goes to the rest. */
export function put(person: Person, name: Text, text: string, label: string): void {
  if (text === '' || person.texts[name] === text) return
  if (person.texts[name] === undefined) person.texts[name] = text
  else person.rest.push({ label, text, what: label })
}

/** Puts aside what Graph has no property for. */
export function aside(person: Person, label: string, text: string, what = label): void {
  if (text !== '') person.rest.push({ label, text, what })
}

/** What is said of somebody by name, for a list of exceptions; empty where nothing is said at all. */
export function nameOf({ texts, emails, phones }: Person): string {
  const whole = [texts.givenName, texts.middleName, texts.surname].filter(Boolean).join(' ')
  return texts.displayName ?? (whole || texts.nickName || texts.companyName || emails[0]?.address || phones[0]?.number || '')
}

/**
 * The contact as Graph takes it: three e-mail addresses, three for chats, two telephones of a kind and one that is mobile, an address of a kind. All
 * else stands in its notes, and its words in `reduced`.
 */
export function contactOf(person: Person): { body: Record<string, unknown>; reduced: string[] } {
  const rest = [...person.rest]
  /** The first so many of a list; the others go to the rest. */
  const fitted = <T extends { label: string }>(all: readonly T[], most: number, what: string, text: (one: T) => string): T[] => {
    for (const one of all.slice(most)) rest.push({ label: one.label, text: text(one), what })
    return all.slice(0, most)
  }
  const emails = person.emails.filter(({ address }) => isAddress(address))
  for (const { address, label } of person.emails) if (!isAddress(address)) rest.push({ label, text: address, what: 'e-mail' })
  const phones = (kind: Phone, most: number) => {
    const of = person.phones.filter(one => one.kind === kind)
    return fitted(of, most, 'telephone', one => one.number).map(one => one.number)
  }
  const place = (kind: Place) => {
    const of = person.addresses.filter(one => one.kind === kind)
    return fitted(of, 1, 'address', one => inLines(one.address))[0]?.address
  }
  const [mobilePhone] = phones('mobile', 1)
  const body = {
    ...person.texts,
    displayName: nameOf(person),
    emailAddresses: fitted(emails, 3, 'e-mail', one => one.address).map(({ address }) => ({ address, name: nameOf(person) })),
    businessPhones: phones('business', 2),
    homePhones: phones('home', 2),
    mobilePhone,
    businessAddress: place('business'),
    homeAddress: place('home'),
    otherAddress: place('other'),
    imAddresses: fitted(person.chats, 3, 'chat', one => one.address).map(one => one.address),
    businessHomePage: fitted(person.pages, 1, 'web page', one => one.url)[0]?.url,
    children: person.children,
    categories: [...new Set(person.categories)],
    // Outlook’s own hour for a day: no zone makes another day of it.
    birthday: person.birthday && `${person.birthday}T11:59:00Z`,
  }
  for (const { number, label } of person.phones.filter(one => one.kind === 'other'))
    rest.push({ label, text: number, what: 'telephone' })
  const lines = rest.map(({ label, text }) => `${label}: ${text.replaceAll('\n', '\n  ')}`)
  const personalNotes = [...person.note, lines.join('\n')].filter(Boolean).join('\n\n')
  return {
    body: told({ ...body, personalNotes }),
    reduced: [...new Set([...rest.map(({ what }) => what), ...person.lost])],
  }
}

/** An object without what is not said. */
export function told(body: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(body).filter(
      ([, value]) => value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0),
    ),
  )
}

function isAddress(text: string): boolean {
  return /^[^\s@<>",;:]+@[^\s@<>",;:]+$/.test(text)
}

function inLines({ street, postalCode, city, state, countryOrRegion }: Address): string {
  return [street, [postalCode, city].filter(Boolean).join(' '), state, countryOrRegion].filter(Boolean).join(', ')
}
