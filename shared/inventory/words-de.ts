import type { Words } from './words.ts'

/** The workbook in German. */
export const de: Words = {
  sheets: { instructions: 'Anleitung', addresses: 'Adressen', costs: 'Kosten', wrong: 'Zu berichtigen' },
  title: 'Verzeichnis der Adressen',
  instructions: ({ entity, wave, until, free, calendars }) => [
    [
      'Zweck',
      `Dies sind alle heutigen Adressen von ${entity} (Gruppe „${wave}“). Bitte teilen Sie uns mit, was aus jeder werden soll.`,
    ],
    ...(until === undefined ? [] : [['Antwort erbeten', `bis ${until}`] as const]),
    [
      '1. Behalten?',
      'Antworten Sie für jede Adresse mit ja oder nein. Eine Adresse, bei der Sie nein antworten, zieht nicht um.',
    ],
    [
      '2. Art',
      'Wählen Sie eine Lizenz für eine persönliche Adresse, „freigegeben“ für ein Postfach, das mehrere Personen lesen, „Alias“ für eine Adresse, die in ein anderes Postfach führt.',
    ],
    [
      '3. Freigegebenes Postfach',
      'Tragen Sie unter „Mitglieder“ die Adressen derer ein, die Zugriff erhalten, durch Strichpunkte getrennt. Jede Person braucht eine eigene Lizenz.',
    ],
    [
      '4. Alias',
      'Tragen Sie unter „Alias von“ die Adresse ein, die die Nachrichten erhält. Sie muss in derselben Domäne liegen; eine Weiterleitung nach außen ist nicht möglich.',
    ],
    [
      '5. Funktionspostfach',
      'Nutzt eine einzige Person eine Adresse wie kontakt@ und soll das so bleiben, wählen Sie eine Lizenz und nennen Sie unter „Begründung“ den Grund.',
    ],
    [
      '6. Adressbuch',
      'Name, Vorname, Telefon, Funktion und Abteilung erscheinen im gemeinsamen Adressbuch und in den Signaturen.',
    ],
    ['7. Neue Adressen', `Tragen Sie sie in die ${free} freien Zeilen unter der Liste ein.`],
    ['8. Kosten', 'Das Blatt „Kosten“ berechnet den Monatsbetrag, während Sie antworten.'],
    ...(calendars
      ? [
          [
            '9. Kalender',
            'Tragen Sie unter „Kalenderfreigaben“ ein, wer den Kalender dieses Postfachs noch sehen oder ändern darf, eine Person nach der anderen: ben@stadt.example: lesen; sekretariat@stadt.example: ändern. Es gibt: Verfügbarkeit, eingeschränkte Details (Betreff und Ort), lesen, ändern, Stellvertretung (ändert und erhält auch die Einladungen). Eine leere Zelle: niemand.',
          ] as const,
        ]
      : []),
    [
      'Befund',
      '„leer“: auf dem Server liegt keine Nachricht; die Post wird wohl mit einem Programm abgeholt (POP), und es gibt nichts umzuziehen. „ungelesen“ oder „inaktiv“: Prüfen Sie, ob die Adresse noch gebraucht wird.',
    ],
    [
      'Rücksendung',
      'Speichern Sie diese Datei als .xlsx und senden Sie sie zurück. Enthält sie Fehler, erhalten Sie nur die zu berichtigenden Zeilen mit einer Erklärung; gespeichert wird erst, wenn alles stimmt.',
    ],
  ],
  columns: {
    address: 'Adresse',
    size: 'Größe (MB)',
    used: 'Speicher belegt',
    messages: 'Nachrichten',
    unread: 'Ungelesen',
    activity: 'Letzte Aktivität',
    entries: 'Termine und Aufgaben',
    contacts: 'Kontakte',
    finding: 'Befund',
    keep: 'Behalten?',
    kind: 'Art',
    aliasOf: 'Alias von',
    members: 'Mitglieder',
    calendarShares: 'Kalenderfreigaben',
    reason: 'Begründung',
    surname: 'Name',
    givenName: 'Vorname',
    phone: 'Telefon',
    jobTitle: 'Funktion',
    department: 'Abteilung',
    class: 'Kategorie',
    filled: 'Neues Postfach gefüllt',
    cost: 'Kosten pro Monat',
  },
  yes: 'ja',
  no: 'nein',
  personal: 'persönlich',
  shared: 'freigegeben',
  alias: 'Alias',
  roles: {
    AvailabilityOnly: 'Verfügbarkeit',
    LimitedDetails: 'eingeschränkte Details',
    Reviewer: 'lesen',
    Editor: 'ändern',
    Delegate: 'Stellvertretung',
  },
  findings: {
    unmeasured: 'konnte nicht geöffnet werden',
    empty: 'leer (Abholung per POP?)',
    unread: 'ungelesen',
    inactive: 'inaktiv',
  },
  items: { none: 'keine', unread: 'nicht lesbar' },
  choose: 'Wählen Sie einen Wert aus der Liste.',
  costs: {
    licence: 'Lizenz',
    price: 'Preis pro Monat',
    quota: 'Speicherplatz',
    count: 'Anzahl',
    perMonth: 'Betrag pro Monat',
    total: 'Summe',
    projected: 'Vorgesehen für diese Zahl von Lizenzen',
    surcharge: 'Mehrkosten pro Monat',
    browserOnly: 'nur im Browser',
    note: 'Freigegebene Postfächer und Aliase kosten nichts.',
    forecast: 'Voraussage für die erste Kopie der ganzen Gruppe',
    half: 'Ende, in der Hälfte der Fälle spätestens',
    nearly: 'Ende, in neun von zehn Fällen spätestens',
    whole: 'Bisher in der ganzen Gruppe vorgesehene Lizenzen, pro Monat',
  },
  wrong: { where: 'Zelle', what: 'Zu berichtigen' },
  faults: {
    'no-keep': ({ got }) => `Antworten Sie mit ja oder nein${got ? ` (Sie schrieben „${got}“)` : ''}.`,
    'no-kind': ({ got, wanted }) => `Wählen Sie ${wanted}${got ? ` (Sie schrieben „${got}“)` : ''}.`,
    'no-address': () => 'Diese Zeile hat keine Adresse: Tragen Sie sie ein, oder leeren Sie die Zeile.',
    'bad-address': ({ got }) => `„${got}“ ist keine E-Mail-Adresse.`,
    upn: ({ got }) =>
      `„${got}“ kann kein Anmeldename sein: Vor dem @ sind nur Buchstaben ohne Akzent, Ziffern und ' . - _ ! # ^ ~ erlaubt, kein Punkt am Anfang, am Ende oder doppelt.`,
    'foreign-domain': ({ got, wanted }) => `„${got}“ liegt nicht in Ihren Domänen (${wanted}).`,
    duplicate: ({ got, where }) => `„${got}“ steht schon in ${where}.`,
    missing: ({ got }) =>
      `Die Adresse ${got} fehlt in der Datei: Setzen Sie ihre Zeile wieder ein und antworten Sie mit ja oder nein.`,
    'alias-missing': () => 'Ein Alias braucht die Adresse, die seine Nachrichten erhält: Tragen Sie sie unter „Alias von“ ein.',
    'alias-domain': ({ got }) =>
      `„${got}“ liegt in einer anderen Domäne: Ein Alias führt zu einer Adresse derselben Domäne, nie nach außen.`,
    'alias-unknown': ({ got }) => `„${got}“ ist keine Ihrer Adressen.`,
    'alias-dropped': ({ got }) => `„${got}“ wird nicht behalten: Ein Alias muss zu einer behaltenen Adresse führen.`,
    'alias-chain': ({ got }) => `„${got}“ ist selbst ein Alias: Nennen Sie das Postfach, das die Nachrichten erhält.`,
    'alias-stray': () =>
      'Nur ein Alias hat eine Adresse unter „Alias von“: Wählen Sie die Art „Alias“, oder leeren Sie die Zelle.',
    'members-missing': () => 'Ein freigegebenes Postfach braucht mindestens ein Mitglied.',
    'member-unknown': ({ got }) => `Das Mitglied „${got}“ ist keine Ihrer Adressen.`,
    'member-licence': ({ got }) =>
      `Das Mitglied „${got}“ hat keine eigene Lizenz: Jede Person braucht eine persönliche, behaltene Adresse mit Lizenz.`,
    'members-stray': () =>
      'Nur ein freigegebenes Postfach hat Mitglieder: Wählen Sie die Art „freigegeben“, oder leeren Sie die Zelle.',
    'members-many': ({ wanted }) =>
      `Hier ist Platz für höchstens ${wanted} Mitglieder, bei langen Adressen für weniger: Lassen Sie einige weg und sagen Sie Ihrer Kontaktperson, wer sie sind.`,
    share: ({ got, wanted }) =>
      `„${got}“ ist nicht zu lesen: Nennen Sie jede Person einmal, nicht die Inhaberin oder den Inhaber selbst, mit einem von ${wanted}, etwa ben@stadt.example: lesen.`,
    'share-dropped': ({ got }) =>
      `„${got}“ wird nicht behalten und kann keinen Kalender sehen: Nehmen Sie die Person heraus oder behalten Sie die Adresse.`,
    'share-stray': () => 'Ein Alias hat keinen eigenen Kalender: Leeren Sie die Zelle oder wählen Sie eine andere Art.',
    'shares-many': ({ wanted }) =>
      `Hier ist Platz für höchstens ${wanted} Personen, bei langen Adressen für weniger: Lassen Sie einige weg und sagen Sie Ihrer Kontaktperson, wer sie sind.`,
    generic: ({ got }) =>
      `„${got}“ ist die Adresse einer Funktion: Wählen Sie „freigegeben“ und die Mitglieder, oder begründen Sie, warum eine einzige Person sie behält.`,
    quota: ({ got, wanted }) =>
      `Dieses Postfach enthält ${got}, die Lizenz lässt nur ${wanted} zu: Wählen Sie eine größere, oder räumen Sie auf.`,
    identifier: ({ got, wanted }) => `„${got}“ ist kein Code der Form ${wanted}.`,
    attribute: ({ got, wanted }) => `Nach diesem Wert müsste die Adresse ${wanted} lauten (sie lautet ${got}).`,
    class: ({ wanted }) => `Wählen Sie eine Kategorie (${wanted}): Die Adresse hängt davon ab.`,
    text: ({ wanted }) => `Bitte eine einzige Zeile von höchstens ${wanted} Zeichen.`,
    formula: () => 'Diese Zelle enthält eine Formel ohne Wert: Geben Sie den Wert ein.',
    'heading-twice': ({ got, where }) => `Die Spalte „${got}“ steht schon in ${where}: Behalten Sie nur eine.`,
  },
  warnings: {
    older: () => 'Diese Datei ist älter als das heutige Verzeichnis.',
    'alias-mail': ({ got, wanted }) => `${got} wird ein Alias: Seine ${wanted} Nachrichten werden nicht übernommen.`,
    'drop-mail': ({ got, wanted }) => `${got} zieht nicht um: Seine ${wanted} Nachrichten bleiben auf dem alten Server.`,
    surcharge: ({ got }) => `Die Mehrkosten gegenüber der vorgesehenen Verteilung betragen ${got} pro Monat.`,
  },
}
