/** Property of a mailbox -> what its column may be headed with, beside the property's own name, in the languages of the notices. */
const names: Record<string, string> = {
  address:
    'mail, e-mail, mail address, e-mail address, adresse, adresse mail, adresse e-mail, courriel, adres, e-mailadres, mailadresse, E-Mail-Adresse',
  kind: 'type, nature, soort, art',
  aliasOf: 'alias of, alias de, alias van, alias von',
  members: 'membres, leden, Mitglieder',
  owners: 'propriétaires, eigenaars, beheerders, Besitzer',
  senders: 'expéditeurs, afzenders, Absender',
  calendarShares:
    'shared calendar, partages d’agenda, partage d’agenda, agenda partagé, agendadeling, gedeelde agenda, Kalenderfreigaben, Kalenderfreigabe, freigegebener Kalender',
  entity:
    'unit, organisation, federation, entité, unité, fédération, entiteit, eenheid, federatie, organisatie, Einheit, Verband, Organisation',
  'source.user': 'source user, source login, old login, ancien identifiant',
  'source.secret': 'source secret',
  'target.user': 'target user, target login, new login, nouvel identifiant',
  'target.secret': 'target secret',
  displayName: 'display name, nom affiché, weergavenaam, Anzeigename',
  givenName: 'given name, first name, prénom, voornaam, Vorname',
  surname: 'last name, family name, nom, nom de famille, naam, achternaam, Nachname',
  phone: 'telephone, téléphone, tél, telefoon, Telefon',
  jobTitle: 'job title, function, fonction, functie, Funktion',
  department: 'service, dienst, Abteilung',
  language: 'langue, taal, Sprache',
  class: 'classe, categorie, catégorie, klasse, Klasse',
  licence: 'license, licentie, Lizenz',
  usageLocation: 'usage location, country, pays, land',
}

const properties = new Map(
  Object.entries(names).flatMap(([property, more]) =>
    [property, ...more.split(', ')].map(heading => [plain(heading), property] as const),
  ),
)

/** The properties that a column can hold. */
export const headings: readonly string[] = Object.keys(names)

/** The property that a column's heading means; case, accents, spaces and punctuation do not count. */
export function propertyOf(heading: string): string | undefined {
  return properties.get(plain(heading))
}

/** What a mailbox is, as a cell may say it in the languages of the notices. */
const kinds: Readonly<Record<string, string>> = {
  user: 'personal, personnelle, personnel, utilisateur, persoonlijk, gebruiker, persönlich, Benutzer',
  shared: 'shared mailbox, partagée, partagé, boîte partagée, gedeeld, gedeelde mailbox, freigegeben, freigegebenes Postfach',
  list: 'distribution list, liste, liste de distribution, lijst, distributielijst, Verteiler, Verteilerliste',
}

const kindWords = new Map(
  Object.entries(kinds).flatMap(([kind, more]) => [kind, ...more.split(', ')].map(word => [plain(word), kind] as const)),
)

/** The kind that a cell means; the cell as it is where it means none. */
export function kindOf(text: string): string {
  return kindWords.get(plain(text)) ?? text.toLowerCase()
}

function plain(heading: string): string {
  return heading
    .normalize('NFD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '')
}
