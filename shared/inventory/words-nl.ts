import type { Words } from './words.ts'

/** The workbook in Dutch. */
export const nl: Words = {
  sheets: { instructions: 'Uitleg', addresses: 'Adressen', costs: 'Kosten', wrong: 'Te verbeteren' },
  title: 'Inventaris van de adressen',
  instructions: ({ entity, wave, until, free, calendars }) => [
    [
      'Doel',
      `Dit zijn alle huidige adressen van ${entity} (groep “${wave}”). Laat ons weten wat er met elk adres moet gebeuren.`,
    ],
    ...(until === undefined ? [] : [['Antwoord verwacht', `uiterlijk op ${until}`] as const]),
    ['1. Behouden?', 'Antwoord voor elk adres met ja of nee. Een adres waarbij u nee antwoordt, wordt niet overgezet.'],
    [
      '2. Type',
      'Kies een licentie voor een persoonlijk adres, “gedeeld” voor een mailbox die meerdere personen raadplegen, “alias” voor een adres dat naar een andere mailbox leidt.',
    ],
    [
      '3. Gedeelde mailbox',
      'Vul onder “Leden” de adressen in van wie toegang krijgt, gescheiden door puntkomma’s. Ieder van hen moet een eigen licentie hebben.',
    ],
    [
      '4. Alias',
      'Vul onder “Alias van” het adres in dat de berichten ontvangt. Het moet in hetzelfde domein liggen; doorsturen naar buiten is niet mogelijk.',
    ],
    [
      '5. Algemene mailbox',
      'Gebruikt één persoon een adres zoals contact@ en moet dat zo blijven, kies dan een licentie en geef de reden onder “Reden”.',
    ],
    [
      '6. Adresboek',
      'Naam, voornaam, telefoon, functie en dienst verschijnen in het gedeelde adresboek en in de handtekeningen.',
    ],
    ['7. Nieuwe adressen', `Schrijf ze in de ${free} vrije rijen onder de lijst.`],
    ['8. Kosten', 'Het blad “Kosten” berekent het maandbedrag terwijl u antwoordt.'],
    ...(calendars
      ? [
          [
            '9. Agenda’s',
            'Vul onder “Agendadeling” in wie de agenda van deze mailbox nog mag zien of wijzigen, de een na de ander: ben@stad.example: lezen; secretariaat@stad.example: wijzigen. Er zijn: beschikbaarheid, beperkte details (onderwerp en plaats), lezen, wijzigen, gemachtigde (wijzigt, en ontvangt ook de uitnodigingen). Een lege cel: niemand.',
          ] as const,
        ]
      : []),
    [
      'Vaststelling',
      '“leeg”: er staat geen enkel bericht op de server; de mail wordt wellicht met een programma opgehaald (POP) en er valt niets over te zetten. “ongelezen” of “inactief”: ga na of het adres nog dient.',
    ],
    [
      'Terugsturen',
      'Bewaar dit bestand als .xlsx en stuur het terug. Bevat het fouten, dan ontvangt u alleen de rijen die u moet verbeteren, met uitleg; er wordt niets opgeslagen zolang niet alles klopt.',
    ],
  ],
  columns: {
    address: 'Adres',
    size: 'Grootte (MB)',
    used: 'Quotum gebruikt',
    messages: 'Berichten',
    unread: 'Ongelezen',
    activity: 'Laatste activiteit',
    entries: 'Afspraken en taken',
    contacts: 'Contacten',
    finding: 'Vaststelling',
    keep: 'Behouden?',
    kind: 'Type',
    aliasOf: 'Alias van',
    members: 'Leden',
    calendarShares: 'Agendadeling',
    reason: 'Reden',
    surname: 'Naam',
    givenName: 'Voornaam',
    phone: 'Telefoon',
    jobTitle: 'Functie',
    department: 'Dienst',
    class: 'Categorie',
    filled: 'Nieuwe mailbox gevuld',
    cost: 'Kosten per maand',
  },
  yes: 'ja',
  no: 'nee',
  personal: 'persoonlijk',
  shared: 'gedeeld',
  alias: 'alias',
  roles: {
    AvailabilityOnly: 'beschikbaarheid',
    LimitedDetails: 'beperkte details',
    Reviewer: 'lezen',
    Editor: 'wijzigen',
    Delegate: 'gemachtigde',
  },
  findings: {
    unmeasured: 'kon niet worden geopend',
    empty: 'leeg (opgehaald via POP?)',
    unread: 'ongelezen',
    inactive: 'inactief',
  },
  items: { none: 'geen', unread: 'niet leesbaar' },
  choose: 'Kies een waarde uit de lijst.',
  costs: {
    licence: 'Licentie',
    price: 'Prijs per maand',
    quota: 'Quotum',
    count: 'Aantal',
    perMonth: 'Bedrag per maand',
    total: 'Totaal',
    projected: 'Voorzien voor dit aantal licenties',
    surcharge: 'Meerkosten per maand',
    browserOnly: 'alleen in een browser',
    note: 'Gedeelde mailboxen en aliassen kosten niets.',
    forecast: 'Raming van de eerste kopie van de hele groep',
    half: 'Einde, in de helft van de gevallen uiterlijk',
    nearly: 'Einde, in negen van de tien gevallen uiterlijk',
    whole: 'Licenties die nu in de hele groep zijn voorzien, per maand',
  },
  wrong: { where: 'Cel', what: 'Te verbeteren' },
  faults: {
    'no-keep': ({ got }) => `Antwoord met ja of nee${got ? ` (u schreef “${got}”)` : ''}.`,
    'no-kind': ({ got, wanted }) => `Kies ${wanted}${got ? ` (u schreef “${got}”)` : ''}.`,
    'no-address': () => 'Deze rij heeft geen adres: vul het in of maak de rij leeg.',
    'bad-address': ({ got }) => `“${got}” is geen e-mailadres.`,
    upn: ({ got }) =>
      `“${got}” kan geen aanmeldnaam zijn: vóór het @ staan alleen letters zonder accent, cijfers en ' . - _ ! # ^ ~, zonder punt vooraan, achteraan of dubbel.`,
    'foreign-domain': ({ got, wanted }) => `“${got}” ligt niet in uw domeinen (${wanted}).`,
    duplicate: ({ got, where }) => `“${got}” staat al in ${where}.`,
    missing: ({ got }) => `Het adres ${got} ontbreekt in het bestand: zet de rij terug en antwoord met ja of nee.`,
    'alias-missing': () => 'Een alias heeft het adres nodig dat zijn berichten ontvangt: vul het in onder “Alias van”.',
    'alias-domain': ({ got }) =>
      `“${got}” ligt in een ander domein: een alias leidt naar een adres in hetzelfde domein, nooit naar buiten.`,
    'alias-unknown': ({ got }) => `“${got}” is geen van uw adressen.`,
    'alias-dropped': ({ got }) => `“${got}” wordt niet behouden: een alias moet naar een behouden adres leiden.`,
    'alias-chain': ({ got }) => `“${got}” is zelf een alias: vul de mailbox in die de berichten ontvangt.`,
    'alias-stray': () => 'Alleen een alias heeft een adres onder “Alias van”: kies het type “alias” of maak de cel leeg.',
    'members-missing': () => 'Een gedeelde mailbox heeft minstens één lid nodig.',
    'member-unknown': ({ got }) => `Het lid “${got}” is geen van uw adressen.`,
    'member-licence': ({ got }) =>
      `Het lid “${got}” heeft geen eigen licentie: ieder moet een persoonlijk, behouden adres met een licentie hebben.`,
    'members-stray': () => 'Alleen een gedeelde mailbox heeft leden: kies het type “gedeeld” of maak de cel leeg.',
    'members-many': ({ wanted }) =>
      `Hier is plaats voor ten hoogste ${wanted} leden, minder bij lange adressen: laat er enkele weg en zeg uw contactpersoon wie het zijn.`,
    share: ({ got, wanted }) =>
      `“${got}” is niet te lezen: geef iedereen één keer op, niet de eigenaar zelf, met een van ${wanted}, zoals ben@stad.example: lezen.`,
    'share-dropped': ({ got }) =>
      `“${got}” wordt niet behouden en kan geen agenda zien: haal die persoon weg of behoud het adres.`,
    'share-stray': () => 'Een alias heeft geen eigen agenda: maak de cel leeg of kies een ander type.',
    'shares-many': ({ wanted }) =>
      `Hier is plaats voor ten hoogste ${wanted} personen, minder bij lange adressen: laat er enkele weg en zeg uw contactpersoon wie het zijn.`,
    generic: ({ got }) =>
      `“${got}” is het adres van een functie: kies “gedeeld” en de leden, of geef onder “Reden” aan waarom één persoon het houdt.`,
    quota: ({ got, wanted }) => `Deze mailbox bevat ${got}, de licentie laat maar ${wanted} toe: kies een grotere, of ruim op.`,
    identifier: ({ got, wanted }) => `“${got}” is geen code van de vorm ${wanted}.`,
    attribute: ({ got, wanted }) => `Volgens deze waarde zou het adres ${wanted} moeten zijn (het is ${got}).`,
    class: ({ wanted }) => `Kies een categorie (${wanted}): het adres hangt ervan af.`,
    text: ({ wanted }) => `Eén regel van ten hoogste ${wanted} tekens, alstublieft.`,
    formula: () => 'Deze cel bevat een formule zonder waarde: typ de waarde.',
    'heading-twice': ({ got, where }) => `De kolom “${got}” staat al in ${where}: houd er maar één.`,
  },
  warnings: {
    older: () => 'Dit bestand is ouder dan de huidige inventaris.',
    'alias-mail': ({ got, wanted }) => `${got} wordt een alias: de ${wanted} berichten worden niet overgenomen.`,
    'drop-mail': ({ got, wanted }) => `${got} wordt niet overgezet: de ${wanted} berichten blijven op de oude server.`,
    surcharge: ({ got }) => `De meerkosten tegenover de voorziene verdeling bedragen ${got} per maand.`,
  },
}
