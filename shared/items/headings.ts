import type { Address, Phone, Place, Text } from './person.ts'

/** What a column of an address book holds. `label`: what the value is of stands in this column. */
export type Heading =
  | { of: 'text'; name: Text }
  | { of: 'email' | 'note' | 'page' | 'chat' | 'child' | 'category' | 'birthday' | 'nothing' }
  | { of: 'phone'; kind: Phone }
  | { of: 'address'; kind: Place; part: keyof Address; no: string }
  | { of: 'birth'; part: 'year' | 'month' | 'day' }
  | { of: 'numbered'; what: 'email' | 'phone' | 'address' | 'page' | 'chat'; part: string; no: string }

/** Headings that are one column each: Outlook, Thunderbird, Google and webmails, in four languages. */
const texts: Record<Text, string> = {
  displayName: 'name|display name|full name|nom à afficher|nom complet|weergavenaam|volledige naam|anzeigename|anzeigename voll',
  givenName: 'first name|given name|firstname|prénom|voornaam|vorname',
  middleName: 'middle name|additional name|deuxième prénom|autres prénoms|middelste naam|tweede voornaam|weitere vornamen',
  surname: 'last name|family name|surname|lastname|nom|nom de famille|achternaam|nachname|familienname',
  title: 'title|name prefix|prefix|titre|civilité|titel|anrede',
  generation: 'suffix|name suffix|suffixe|achtervoegsel',
  nickName: 'nickname|nick name|surnom|bijnaam|roepnaam|spitzname',
  initials: 'initials|initiales|initialen',
  companyName: 'company|organization|organization name|société|organisation|entreprise|bedrijf|organisatie|firma|unternehmen',
  department: 'department|organization department|service|département|afdeling|abteilung',
  jobTitle: 'job title|organization title|fonction|titre de poste|poste|functie|position|berufsbezeichnung',
  profession: 'profession|beroep|beruf',
  manager: "manager's name|responsable|naam manager|name van manager|name des/der vorgesetzten",
  assistantName: "assistant's name|nom de l'assistant(e)|naam assistent|name assistent",
  spouseName: 'spouse|conjoint(e)|partner|partner/in',
  officeLocation: 'office location|bureau|kantoorlocatie|kantoor|büro',
}

const plain: Record<'email' | 'note' | 'page' | 'chat' | 'child' | 'category' | 'birthday' | 'nothing', string> = {
  email:
    'e-mail|email|e-mail address|email address|primary email|secondary email|adresse de messagerie|adresse e-mail|adresse électronique|première adresse électronique|adresse électronique secondaire|e-mailadres|primair e-mailadres|secundair e-mailadres|e-mail-adresse|primäre e-mail-adresse|sekundäre e-mail-adresse|e-mail: adresse',
  note: 'notes|note|remarques|notities|opmerkingen|notizen',
  page: 'web page|personal web page|web page 1|business web page|page web|site web|webpagina|webseite|website',
  chat: 'im address|screen name|nom d’écran|schermnaam|messenger-name',
  child: 'children|enfants|kinderen|kinder',
  category: 'categories|labels|group membership|catégories|categorieën|kategorien',
  birthday: 'birthday|anniversaire|date de naissance|verjaardag|geburtstag',
  // Says nothing about somebody.
  nothing:
    'e-mail type|e-mail display name|type de messagerie|nom complet de l’adresse de messagerie|type e-mail|e-mailtype|weergavenaam voor e-mail|e-mail-typ|e-mail: typ|e-mail: angezeigter name|priority|priorité|prioriteit|priorität|private|privé|privat|sensitivity|critère de diffusion|gevoeligheid|vertraulichkeit|photo|file as|chat|phonetic first name|phonetic last name|yomi name',
}

const phones: Record<Phone, string> = {
  business:
    'business phone|work phone|primary phone|company main phone|phone|telephone|téléphone (bureau)|téléphone bureau|tél. professionnel|téléphone professionnel|téléphone principal|téléphone société|téléphone|telefoon op werk|telefoon werk|zakelijke telefoon|telefoon|telefoon bedrijf|telefon geschäftlich|dienstlich|haupttelefon|telefon firma|telefon',
  home: 'home phone|téléphone (domicile)|téléphone domicile|tél. personnel|téléphone personnel|telefoon thuis|telefon privat|privat telefon',
  mobile:
    'mobile phone|mobile number|mobile|cell phone|tél. mobile|téléphone mobile|portable|mobile (numéro)|mobiele telefoon|mobiel nummer|mobiel|gsm|mobiltelefon|mobil',
  other: 'other phone|téléphone (autre)|andere telefoon|telefoon (overig)|weiteres telefon',
}

/** How each program says which address, and which part of it: the two are put together in every order. */
const places: Record<Place, string> = {
  business: 'business|work|bureau|professionnelle|professionnel|werk|werkadres|geschäftlich|dienstlich',
  home: 'home|domicile|personnelle|personnel|privée|thuis|huisadres|privé|privat',
  other: 'other|autre|ander adres|overig|weitere|weiterer|weiteres',
}
const parts: Record<keyof Address, string> = {
  street: 'street|address|rue|adresse|straat|straße|strasse',
  city: 'city|ville|plaats|stad|ort|stadt',
  state: 'state|state/province|province|dép/région|région|provincie|provincie/staat|region|bundesland/kanton|bundesland',
  postalCode: 'postal code|zipcode|zip code|zip|code postal|postcode|postleitzahl|plz',
  countryOrRegion: 'country/region|country|pays/région|pays|land/regio|land|land/region',
}

const known = new Map<string, Heading>([
  ...entries(texts).flatMap(([name, all]) => each(all, { of: 'text', name })),
  ...entries(plain).flatMap(([of, all]) => each(all, { of })),
  ...entries(phones).flatMap(([kind, all]) => each(all, { of: 'phone', kind })),
  ...each('birth year|année de naissance|geboortejaar|geburtsjahr', { of: 'birth', part: 'year' }),
  ...each('birth month|mois de naissance|geboortemaand|geburtsmonat', { of: 'birth', part: 'month' }),
  ...each('birth day|jour de naissance|geboortedag', { of: 'birth', part: 'day' }),
])

/** What a column of this heading holds; undefined for one that nobody has told us of. */
export function headingOf(text: string): Heading | undefined {
  const name = text.toLowerCase().replaceAll('’', "'").replaceAll(/\s+/g, ' ').trim()
  return (
    numbered(name) ?? address(name) ?? known.get(name) ?? known.get(withoutNumber(name)) ?? known.get(name.replaceAll("'", '’'))
  )
}

/** Google’s: `E-mail 1 - Value`, `Address 1 - City`, `Organization 1 - Title`. */
function numbered(name: string): Heading | undefined {
  const [, noun = '', no = '', part = ''] =
    /^(e-mail|phone|address|organization|website|im) (\d+) - (type|label|value|\w[\w ]*)$/.exec(name) ?? []
  if (noun === 'organization') {
    const names = { name: 'companyName', title: 'jobTitle', department: 'department', location: 'officeLocation' } as const
    const text = names[part as keyof typeof names]
    return text ? { of: 'text', name: text } : undefined
  }
  const whats = { 'e-mail': 'email', phone: 'phone', address: 'address', website: 'page', im: 'chat' } as const
  const what = whats[noun as keyof typeof whats]
  return what && { of: 'numbered', what, part, no }
}

function address(name: string): Heading | undefined {
  const no = /(?: )([23])(?= |$)/.exec(name)?.[1] ?? ''
  const bare = name
    .replace(/ [23](?= |$)/, '')
    .replaceAll(/[(),]/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
  for (const [kind, wheres] of entries(places))
    for (const where of wheres.split('|'))
      for (const [part, whats] of entries(parts))
        for (const what of whats.split('|'))
          if (bare === `${where} ${what}` || bare === `${what} ${where}`) return { of: 'address', kind, part, no }
  return undefined
}

/** `Business Phone 2`, `E-mail 2 Address`, `Téléphone 2 (bureau)`, `E-Mail 2: Adresse`. */
function withoutNumber(name: string): string {
  return name.replace(/ [2-9](?=[ :]|$)/, '')
}

function each<H extends Heading>(all: string, heading: H): [string, Heading][] {
  return all.split('|').map(name => [name, heading])
}

function entries<K extends string, V>(of: Record<K, V>): [K, V][] {
  return Object.entries(of) as [K, V][]
}
