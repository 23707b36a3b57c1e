import type { Acts, Scope } from './acts-en.ts'

const of = (n: number, one: string, many: string) => (n === 1 ? one : many)

const mailboxesOf = ({ all, n, count, wave }: Scope) =>
  all
    ? `golf ${wave} met ${of(n, 'haar postvak', `haar ${count} postvakken`)}`
    : `${count} ${of(n, 'postvak', 'postvakken')} van golf ${wave}`

/** What the page says of actions, in Dutch. */
export const nlActs: Acts = {
  title: 'Acties',
  names: {
    hold: 'Aanhouden',
    release: 'Vrijgeven',
    retry: 'Opnieuw proberen',
    approve: 'Goedkeuren',
    reschedule: 'Dag verplaatsen',
    cancel: 'De migratie annuleren',
    rollback: 'Terugdraaien',
    done: 'Gedaan',
    'send-now': 'Nu doen',
    skip: 'Laten vallen',
    update: 'Nieuwste draaiboek nemen',
  },
  does: {
    hold: scope =>
      `Houdt aan: ${mailboxesOf(scope)}. Lopend werk stopt bij het volgende veilige punt; er gaat niets verloren, en na vrijgave gaat het vandaar verder.`,
    release: scope => `Geeft vrij: ${mailboxesOf(scope)}. Wat aangehouden is, gaat meteen verder waar het stond.`,
    retry: scope =>
      `Probeert opnieuw in ${mailboxesOf(scope)}: elk postvak dat door een fout aangehouden is, gaat verder waar het stopte, en wat de oude server niet gaf of de nieuwe weigerde, wordt opnieuw geprobeerd. Wat gekopieerd is, wordt niet opnieuw gekopieerd.`,
    approve: ({ wave }) => `Legt uw goedkeuring voor golf ${wave} vast, met uw naam en de reden.`,
    reschedule: ({ wave }) =>
      `Verplaatst de dag van golf ${wave}; elke stap van haar kalender wordt vanaf de nieuwe dag herberekend.`,
    cancel: scope =>
      `Annuleert definitief ${mailboxesOf(scope)}: er wordt geen post meer gekopieerd. Wat gekopieerd is, blijft aan het doel; de oude server blijft zoals hij is. Dit kan niet ongedaan gemaakt worden.`,
    rollback: ({ wave }) =>
      `Zet de oude MX van elk domein van golf ${wave} terug: nieuwe post gaat weer naar de oude server. Post die de nieuwe server al bereikt heeft, blijft daar. Dit kan van hieruit niet ongedaan gemaakt worden.`,
    done: ({ wave }) =>
      `Noteert dat dit voor golf ${wave} gedaan is. Niemand gaat na of het zo is; het staat in het verslag, met uw naam en het uur.`,
    'send-now': ({ wave }) => `Doet nu waarvan golf ${wave} het uur gemist heeft.`,
    skip: ({ wave }) => `Laat definitief vallen waarvan golf ${wave} het uur gemist heeft.`,
    update: ({ wave }) =>
      `Golf ${wave} neemt de nieuwste versie van haar draaiboek, met alles wat nog niet af is. Wat op een nieuwe poging wacht, wordt meteen geprobeerd; wat aangehouden is, wordt daarna vrijgegeven (Vrijgeven).`,
  },
  who: 'Uw naam, voor de audit',
  why: 'Reden, voor de audit',
  whyHint: 'Minstens 3 tekens; ze wordt bij de actie bewaard.',
  day: 'Nieuwe dag',
  step: 'Wat goedgekeurd wordt',
  stepNames: {
    cutover: 'De omschakeling',
    confirm: 'De datum (bevestiging)',
    postpone: 'De latere dag',
    freeze: 'De oude server is voor mensen gesloten',
    pilot: 'De pilot is goed',
  },
  stepDoes: {
    cutover: 'Ze begint op haar uur, of meteen als dat voorbij is, zodra alles klaar is.',
    confirm: 'De golf volgt de antwoorden van haar coördinatoren en mag op haar uur omgeschakeld worden.',
    postpone: 'De golf gaat naar de gevraagde dag, met alles wat daarvan afhangt. Wie hem vroeg, kan hem niet toestaan.',
    freeze: 'Zeg het zodra niemand zich meer op de oude server kan aanmelden. De omschakeling wacht er niet op.',
    pilot: 'De andere golven van haar draaiboek mogen beginnen, en hun mensen worden verwittigd.',
  },
  awaited: step => `${step} – wordt verwacht`,
  by: 'Verwacht van:',
  as: 'In welke rol',
  asNone: 'Geen: in eigen naam',
  without: 'Zonder deze domeinen',
  withoutHint: (late: string) =>
    `De hier genoemde domeinen blijven achter, de andere gaan over; een volgende goedkeuring die ze niet noemt, zet ze over.${late ? ` Niet klaar: ${late}.` : ''}`,
  type: wave => `Typ ter bevestiging de naam van de golf: ${wave}`,
  mistyped: 'Dit is niet de naam van de golf.',
  dismiss: 'Niets doen',
  confirm: (action, scope) =>
    scope.all ? `${action}: golf ${scope.wave}` : `${action}: ${scope.count} ${of(scope.n, 'postvak', 'postvakken')}`,
  done: (action, n, count) => `${action}: gedaan, ${count} ${of(n, 'rij', 'rijen')} gewijzigd.`,
  nothing: action => `${action}: aanvaard; er was niets te wijzigen.`,
  newest: version => `Ze heeft de nieuwste versie al, ${version}: er is niets te nemen. Bewaar eerst het verbeterde draaiboek.`,
  versions: (from, to) => `Van versie ${from} naar ${to}.`,
  rows: (n, count) => `${count} ${of(n, 'rij zou', 'rijen zouden')} wijzigen.`,
  alike: 'Voor deze golf zegt het hetzelfde.',
  unsaid: 'niet vermeld',
  untried: 'De server zei niet wat er zou wijzigen. Sluit dit venster en probeer opnieuw.',
  failed: 'Er werd niets gewijzigd.',
  unanswered: 'De server antwoordde niet: het is niet bekend of dit gebeurd is. Opnieuw doen kan geen kwaad.',
}
