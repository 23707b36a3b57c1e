/** The languages that generated mail is written in. */
export type Language = 'fr' | 'nl' | 'de' | 'en'

/** What a language gives to its mail. In sentences `#` becomes a day or an hour, `§` a larger number, `@` a person, `%` a place. */
export type Vocabulary = {
  greetings: readonly string[]
  sentences: readonly string[]
  closings: readonly string[]
  subjects: readonly string[]
  reply: string
  forward: string
  /** The line above a quoted message: `@` is its writer. */
  wrote: string
  files: readonly string[]
  folders: {
    sent: string
    drafts: string
    trash: string
    junk: string
    archive: string
    others: readonly (readonly string[])[]
    empty: readonly string[]
  }
}

/** The words of every language. */
export const vocabularies: Readonly<Record<Language, Vocabulary>> = {
  fr: {
    greetings: ['Bonjour @,', 'Chère collègue, cher collègue,', 'Madame, Monsieur,', 'Bonjour à toutes et à tous,'],
    sentences: [
      'Le procès-verbal de la réunion du # mai est joint à ce message.',
      'Pourriez-vous me confirmer votre présence à % avant jeudi ?',
      'La facture n° § d’un montant de § € reste impayée à ce jour.',
      'Nous avons bien reçu votre demande et la transmettons au service concerné.',
      'L’élève a été reçu par @ à l’école communale de %.',
      'Veuillez noter que les bureaux seront fermés du # au # août.',
      'Le camion de denrées arrivera à % vers # heures, merci de prévoir du monde.',
      'Je vous relance au sujet du dossier n° §, resté sans réponse.',
      'Ça a été une très belle journée : plus de § bénévoles étaient là.',
      'Le mot de passe de l’imprimante du deuxième étage a changé, voyez avec @.',
      'Après vérification, le total s’élève à § euros, frais de port compris.',
      '« Où en sommes-nous ? » : la question de @ mérite une réponse écrite.',
    ],
    closings: ['Bien cordialement,', 'Bien à vous,', 'Meilleures salutations,', 'À bientôt,'],
    subjects: [
      'Procès-verbal de la réunion',
      'Facture n° § échue',
      'Congés d’été',
      'Élèves inscrits à %',
      'Réservation de la salle à %',
      'Compte rendu, suite et fin',
      'Collecte du # décembre',
      'Dossier §',
      'Très important : clôture de l’année',
    ],
    reply: 'RE: ',
    forward: 'TR: ',
    wrote: '@ a écrit :',
    files: ['Procès-verbal été.pdf', 'facture.pdf', 'Liste des élèves.xlsx', 'plan d’accès.pdf', 'photo.jpg'],
    folders: {
      sent: 'Éléments envoyés',
      drafts: 'Brouillons',
      trash: 'Corbeille',
      junk: 'Courrier indésirable',
      archive: 'Archives',
      others: [
        ['Projets'],
        ['Projets', '2024'],
        ['Projets', '2024', 'Été'],
        ['Projets', '2024', 'Budget & coûts'],
        ['Clients', 'Société Lefèvre'],
        ['Clients', 'Vander Elst & Zonen'],
        ['Réunions du conseil'],
        ['À classer'],
        ['Factures'],
        ['Élèves', 'Année 2023-2024'],
      ],
      empty: ['Vide'],
    },
  },
  nl: {
    greetings: ['Beste @,', 'Geachte collega,', 'Dag allemaal,'],
    sentences: [
      'In bijlage vindt u het verslag van de vergadering van # mei.',
      'Kunt u mij vóór donderdag bevestigen of u naar % komt?',
      'Factuur § voor een bedrag van § € staat nog open.',
      'Wij hebben uw aanvraag goed ontvangen en sturen ze door naar de bevoegde dienst.',
      'De patrouille vertrekt om # uur vanuit %.',
      'Gelieve er rekening mee te houden dat @ tot en met # augustus afwezig is.',
      'Eén exemplaar is voldoende; het tweede mag naar het archief in %.',
      'Dat was een mooie dag: meer dan § vrijwilligers waren aanwezig.',
    ],
    closings: ['Met vriendelijke groeten,', 'Vriendelijke groet,', 'Tot binnenkort,'],
    subjects: [
      'Verslag vergadering',
      'Factuur §',
      'Vakantieregeling',
      'Planning week #',
      'Inschrijvingen %',
      'Dossier § (geüpdatet)',
    ],
    reply: 'Antw: ',
    forward: 'Doorst: ',
    wrote: '@ schreef:',
    files: ['Verslag.pdf', 'factuur.pdf', 'Planning café.xlsx', 'foto.jpg'],
    folders: {
      sent: 'Verzonden items',
      drafts: 'Concepten',
      trash: 'Prullenbak',
      junk: 'Ongewenste e-mail',
      archive: 'Archief',
      others: [
        ['Projecten'],
        ['Projecten', '2024'],
        ['Projecten', '2024', 'Zomer'],
        ['Klanten', 'Café België'],
        ['Te klasseren'],
        ['Facturen'],
      ],
      empty: ['Leeg'],
    },
  },
  de: {
    greetings: ['Sehr geehrte Damen und Herren,', 'Guten Tag @,', 'Liebe Kolleginnen und Kollegen,'],
    sentences: [
      'Das Protokoll der Sitzung vom #. Mai finden Sie im Anhang.',
      'Könnten Sie mir Ihre Teilnahme in % bis Donnerstag bestätigen?',
      'Die Rechnung Nr. § über § € ist noch offen.',
      'Wir haben Ihre Anfrage erhalten und an die zuständige Stelle weitergeleitet.',
      'Der Lkw kommt gegen # Uhr in % an, bitte genügend Helfer einplanen.',
      'Bitte grüßen Sie @ herzlich von mir.',
    ],
    closings: ['Mit freundlichen Grüßen', 'Viele Grüße', 'Beste Grüße'],
    subjects: ['Protokoll der Sitzung', 'Rechnung Nr. §', 'Urlaubsplanung', 'Anmeldungen für %', 'Vorgang § – Rückfrage'],
    reply: 'AW: ',
    forward: 'WG: ',
    wrote: '@ schrieb:',
    files: ['Protokoll.pdf', 'Rechnung für März.pdf', 'Übersicht.xlsx', 'Foto.jpg'],
    folders: {
      sent: 'Gesendete Elemente',
      drafts: 'Entwürfe',
      trash: 'Gelöschte Elemente',
      junk: 'Junk-E-Mail',
      archive: 'Archiv',
      others: [
        ['Projekte'],
        ['Projekte', '2024'],
        ['Projekte', '2024', 'Frühling'],
        ['Kunden', 'Müller & Söhne'],
        ['Rechnungen'],
      ],
      empty: ['Leer'],
    },
  },
  en: {
    greetings: ['Dear @,', 'Hello all,', 'Hi @,'],
    sentences: [
      'Please find attached the minutes of the meeting of # May.',
      'Could you confirm by Thursday that you will be in %?',
      'Invoice § for £§ is still unpaid.',
      'We have received your request and passed it on to the team concerned.',
      'The lorry reaches % at about # o’clock.',
      '@ asked whether the figures for last year are final.',
    ],
    closings: ['Kind regards,', 'Best wishes,', 'Yours sincerely,'],
    subjects: ['Minutes', 'Invoice §', 'Holiday rota', 'Enrolment in %', 'Case § — follow-up'],
    reply: 'Re: ',
    forward: 'Fwd: ',
    wrote: '@ wrote:',
    files: ['minutes.pdf', 'invoice.pdf', 'rota.xlsx', 'photo.jpg'],
    folders: {
      sent: 'Sent Items',
      drafts: 'Drafts',
      trash: 'Deleted Items',
      junk: 'Junk Email',
      archive: 'Archive',
      others: [['Projects'], ['Projects', '2024'], ['Projects', '2024', 'Summer'], ['Clients', 'Smith & Sons'], ['Invoices']],
      empty: ['Empty'],
    },
  },
}

/** People who write to each other, as (display name, address), on domains that are reserved. */
export const people: readonly (readonly [string, string])[] = [
  ['Anaïs Lefèvre', 'anais.lefevre@secours.example'],
  ['Benoît Dupré', 'benoit.dupre@secours.example'],
  ['Céline Vandenbossche', 'celine@ecole.example'],
  ['Daan Vermeulen', 'd.vermeulen@politie.example'],
  ['Élodie Noël', 'elodie.noel@justice.example'],
  ['François Müller', 'francois.muller@industrie.test'],
  ['Günther Weiß', 'guenther@spedition.test'],
  ['Hélène Sœur-Léger', 'helene@mairie.example'],
  ['Ines Van den Broeck', 'ines@gemeente.example'],
  ['Jürgen Größe', 'jg@handel.test'],
  ['Kevin O’Brien', 'kevin.obrien@shop.test'],
  ['Łukasz Nowak', 'lukasz@transport.test'],
  ['Маша Иванова', 'masha@press.test'],
  ['中村 さくら', 'sakura@travel.test'],
  ['Accueil Bobigny', 'accueil@mairie.example'],
  ['Facturation', 'no-reply@facture.test'],
]

/** Places that mail speaks of. */
export const places: readonly string[] = [
  'Liège',
  'Bobigny',
  'Namur',
  'Gent',
  'Saint-Étienne',
  'Köln',
  'Nîmes',
  'Eupen',
  'Épinay',
]
