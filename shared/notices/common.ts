import type { Language } from '../intake/words.ts'

/** What is counted: one, and any other number. */
export type Counted = { one: string; other: string }

/** What stands in every notice, or in the blocks that the program makes. */
export type Common = {
  questions: string
  anyQuestion: string
  phone: string
  hours: string
  page: string
  tutorials: string
  help: string
  automatic: (issuer: string) => string
  mailboxes: string
  messages: Counted
  exceptions: string
  reason: string
  remedy: string
  settings: string
  incoming: string
  outgoing: string
  exchange: string
  port: string
  security: string
  user: string
  userIsAddress: string
  userIsLogin: string
  tls: string
  starttls: string
  moved: string
  notMoved: string
  shared: string
  alias: string
  list: string
  renamed: string
  settingsFile: string
  events: Readonly<Record<'freeze' | 'cutover' | 'open' | 'answers-due' | 'confirm' | 'inventory', string>>
}

/** The same in each language. */
export const common: Readonly<Record<Language, Common>> = {
  fr: {
    questions: 'Une question ?',
    anyQuestion: 'Pour toute question',
    phone: 'téléphone',
    hours: 'horaires',
    page: 'page d’assistance',
    tutorials: 'Tutoriels',
    help: 'Questions fréquentes',
    automatic: issuer => `Message automatique. Expéditeur : ${issuer}. Nous ne vous demanderons jamais votre mot de passe.`,
    mailboxes: 'Boîtes aux lettres concernées',
    messages: { one: 'message', other: 'messages' },
    exceptions: 'à signaler',
    reason: 'Cause',
    remedy: 'Que faire',
    settings: 'Paramètres pour les logiciels de messagerie',
    incoming: 'Réception (IMAP)',
    outgoing: 'Envoi (SMTP)',
    exchange: 'Serveur Exchange',
    port: 'port',
    security: 'sécurité',
    user: 'Nom d’utilisateur',
    userIsAddress: 'votre adresse électronique complète',
    userIsLogin: 'votre identifiant de session',
    tls: 'SSL/TLS',
    starttls: 'STARTTLS',
    moved: 'Transférée',
    notMoved: 'Pas encore transférée',
    shared: 'boîte partagée',
    alias: 'alias de',
    list: 'liste de distribution',
    renamed: 'Dossiers qui portent un autre nom dans la nouvelle boîte',
    settingsFile: 'parametres-messagerie.txt',
    events: {
      freeze: 'Fermeture de l’accès à l’ancienne messagerie',
      cutover: 'Passage à la nouvelle messagerie',
      open: 'Ouverture de la nouvelle messagerie',
      'answers-due': 'Date limite de renvoi du classeur',
      confirm: 'Confirmation de la date de migration',
      inventory: 'Envoi du classeur à compléter',
    },
  },
  nl: {
    questions: 'Vragen?',
    anyQuestion: 'Voor al uw vragen',
    phone: 'telefoon',
    hours: 'openingsuren',
    page: 'hulppagina',
    tutorials: 'Handleidingen',
    help: 'Veelgestelde vragen',
    automatic: issuer => `Automatisch bericht. Afzender: ${issuer}. Wij vragen u nooit naar uw wachtwoord.`,
    mailboxes: 'Betrokken mailboxen',
    messages: { one: 'bericht', other: 'berichten' },
    exceptions: 'met een opmerking',
    reason: 'Oorzaak',
    remedy: 'Wat te doen',
    settings: 'Instellingen voor mailprogramma’s',
    incoming: 'Inkomende mail (IMAP)',
    outgoing: 'Uitgaande mail (SMTP)',
    exchange: 'Exchange-server',
    port: 'poort',
    security: 'beveiliging',
    user: 'Gebruikersnaam',
    userIsAddress: 'uw volledige e-mailadres',
    userIsLogin: 'uw aanmeldnaam',
    tls: 'SSL/TLS',
    starttls: 'STARTTLS',
    moved: 'Overgezet',
    notMoved: 'Nog niet overgezet',
    shared: 'gedeelde mailbox',
    alias: 'alias van',
    list: 'distributielijst',
    renamed: 'Mappen die in de nieuwe mailbox een andere naam hebben',
    settingsFile: 'mailinstellingen.txt',
    events: {
      freeze: 'Toegang tot de oude mailbox wordt gesloten',
      cutover: 'Overstap naar de nieuwe mailbox',
      open: 'De nieuwe mailbox gaat open',
      'answers-due': 'Uiterste datum om de werkmap terug te sturen',
      confirm: 'Bevestiging van de migratiedatum',
      inventory: 'Verzending van de in te vullen werkmap',
    },
  },
  de: {
    questions: 'Fragen?',
    anyQuestion: 'Für alle Fragen',
    phone: 'Telefon',
    hours: 'Öffnungszeiten',
    page: 'Hilfeseite',
    tutorials: 'Anleitungen',
    help: 'Häufige Fragen',
    automatic: issuer => `Automatische Nachricht. Absender: ${issuer}. Wir fragen Sie nie nach Ihrem Kennwort.`,
    mailboxes: 'Betroffene Postfächer',
    messages: { one: 'Nachricht', other: 'Nachrichten' },
    exceptions: 'mit Hinweis',
    reason: 'Ursache',
    remedy: 'Was zu tun ist',
    settings: 'Einstellungen für E-Mail-Programme',
    incoming: 'Posteingang (IMAP)',
    outgoing: 'Postausgang (SMTP)',
    exchange: 'Exchange-Server',
    port: 'Port',
    security: 'Verschlüsselung',
    user: 'Benutzername',
    userIsAddress: 'Ihre vollständige E-Mail-Adresse',
    userIsLogin: 'Ihr Anmeldename',
    tls: 'SSL/TLS',
    starttls: 'STARTTLS',
    moved: 'Umgezogen',
    notMoved: 'Noch nicht umgezogen',
    shared: 'freigegebenes Postfach',
    alias: 'Alias von',
    list: 'Verteilerliste',
    renamed: 'Ordner, die im neuen Postfach anders heißen',
    settingsFile: 'mail-einstellungen.txt',
    events: {
      freeze: 'Der Zugang zum alten Postfach wird geschlossen',
      cutover: 'Wechsel zum neuen Postfach',
      open: 'Das neue Postfach wird geöffnet',
      'answers-due': 'Letzter Tag für die Rücksendung der Arbeitsmappe',
      confirm: 'Bestätigung des Umzugstermins',
      inventory: 'Versand der auszufüllenden Arbeitsmappe',
    },
  },
  en: {
    questions: 'Questions?',
    anyQuestion: 'For any question',
    phone: 'telephone',
    hours: 'opening hours',
    page: 'help page',
    tutorials: 'Tutorials',
    help: 'Frequently asked questions',
    automatic: issuer => `Automatic message. Sender: ${issuer}. We will never ask you for your password.`,
    mailboxes: 'Mailboxes concerned',
    messages: { one: 'message', other: 'messages' },
    exceptions: 'with a remark',
    reason: 'Cause',
    remedy: 'What to do',
    settings: 'Settings for mail programs',
    incoming: 'Incoming mail (IMAP)',
    outgoing: 'Outgoing mail (SMTP)',
    exchange: 'Exchange server',
    port: 'port',
    security: 'security',
    user: 'User name',
    userIsAddress: 'your full email address',
    userIsLogin: 'your sign-in name',
    tls: 'SSL/TLS',
    starttls: 'STARTTLS',
    moved: 'Moved',
    notMoved: 'Not moved yet',
    shared: 'shared mailbox',
    alias: 'alias of',
    list: 'distribution list',
    renamed: 'Folders that have another name in the new mailbox',
    settingsFile: 'mail-settings.txt',
    events: {
      freeze: 'Access to the old mailbox is closed',
      cutover: 'Move to the new mailbox',
      open: 'The new mailbox opens',
      'answers-due': 'Last day to send the workbook back',
      confirm: 'Confirmation of the date of the move',
      inventory: 'The workbook to fill in is sent',
    },
  },
}
