import type { Acts, Scope } from './acts-en.ts'

const of = (n: number, one: string, many: string) => (n === 1 ? one : many)

const mailboxesOf = ({ all, n, count, wave }: Scope) =>
  all
    ? `die Welle ${wave} mit ${of(n, 'ihrem Postfach', `ihren ${count} Postfächern`)}`
    : `${count} ${of(n, 'Postfach', 'Postfächer')} der Welle ${wave}`

/** What the page says of actions, in German. */
export const deActs: Acts = {
  title: 'Aktionen',
  names: {
    hold: 'Anhalten',
    release: 'Freigeben',
    retry: 'Erneut versuchen',
    approve: 'Genehmigen',
    reschedule: 'Tag verlegen',
    cancel: 'Den Umzug abbrechen',
    rollback: 'Zurückstellen',
    done: 'Erledigt',
    'send-now': 'Jetzt nachholen',
    skip: 'Auslassen',
    update: 'Neuestes Playbook übernehmen',
  },
  does: {
    hold: scope =>
      `Hält an: ${mailboxesOf(scope)}. Laufende Arbeit endet am nächsten sicheren Punkt; nichts geht verloren, und nach der Freigabe geht es von dort weiter.`,
    release: scope => `Gibt frei: ${mailboxesOf(scope)}. Was angehalten ist, geht sofort dort weiter, wo es stand.`,
    retry: scope =>
      `Versucht erneut: ${mailboxesOf(scope)}. Jedes Postfach, das durch einen Fehler angehalten ist, geht dort weiter, wo es stehen blieb, und was der alte Server nicht herausgab oder der neue ablehnte, wird noch einmal versucht. Was kopiert ist, wird nicht noch einmal kopiert.`,
    approve: ({ wave }) => `Hält Ihre Genehmigung für die Welle ${wave} fest, mit Ihrem Namen und dem Grund.`,
    reschedule: ({ wave }) =>
      `Verlegt den Tag der Welle ${wave}; jeder Schritt ihres Kalenders wird vom neuen Tag an neu berechnet.`,
    cancel: scope =>
      `Bricht endgültig ab: ${mailboxesOf(scope)}. Es wird keine Post mehr kopiert. Was kopiert wurde, bleibt am Ziel, der alte Server bleibt, wie er ist. Das lässt sich nicht rückgängig machen.`,
    rollback: ({ wave }) =>
      `Stellt den alten MX jeder Domain der Welle ${wave} zurück: Neue Post geht wieder an den alten Server. Post, die den neuen Server schon erreicht hat, bleibt dort. Das lässt sich von hier aus nicht rückgängig machen.`,
    done: ({ wave }) =>
      `Hält fest, dass dies für die Welle ${wave} erledigt ist. Niemand sieht nach, ob es so ist; es steht im Bericht, mit Ihrem Namen und der Uhrzeit.`,
    'send-now': ({ wave }) => `Holt jetzt nach, wovon die Welle ${wave} die Stunde versäumt hat.`,
    skip: ({ wave }) => `Lässt endgültig aus, wovon die Welle ${wave} die Stunde versäumt hat.`,
    update: ({ wave }) =>
      `Die Welle ${wave} übernimmt die neueste Version ihres Playbooks, mit allem, was noch nicht fertig ist. Was auf den nächsten Versuch wartet, wird sofort versucht; was angehalten ist, wird danach freigegeben (Freigeben).`,
  },
  who: 'Ihr Name, für das Protokoll',
  why: 'Grund, für das Protokoll',
  whyHint: 'Mindestens 3 Zeichen; er wird mit der Aktion aufbewahrt.',
  day: 'Neuer Tag',
  step: 'Was genehmigt wird',
  stepNames: {
    cutover: 'Die Umstellung',
    confirm: 'Der Termin (Bestätigung)',
    postpone: 'Der spätere Tag',
    freeze: 'Der alte Server ist für alle geschlossen',
    pilot: 'Der Pilot ist gut',
  },
  stepDoes: {
    cutover: 'Sie beginnt zu ihrer Stunde, oder sofort, wenn diese vorbei ist, sobald alles bereit ist.',
    confirm: 'Die Welle folgt den Antworten ihrer Koordinatoren und darf zu ihrer Stunde umgestellt werden.',
    postpone:
      'Die Welle geht auf den gewünschten Tag über, mit allem, was von ihm an zählt. Wer ihn gewünscht hat, kann ihn nicht gewähren.',
    freeze: 'Sagen Sie es, sobald sich niemand mehr am alten Server anmelden kann. Die Umstellung wartet nicht darauf.',
    pilot: 'Die anderen Wellen seines Playbooks dürfen beginnen, und ihre Leute werden benachrichtigt.',
  },
  awaited: step => `${step} – erwartet`,
  by: 'Erwartet von:',
  as: 'In welcher Rolle',
  asNone: 'In keiner: in meinem eigenen Namen',
  without: 'Ohne diese Domains',
  withoutHint: (late: string) =>
    `Die hier genannten Domains bleiben zurück, die anderen werden umgestellt; eine weitere Genehmigung, die sie nicht nennt, stellt sie um.${late ? ` Nicht bereit: ${late}.` : ''}`,
  type: wave => `Geben Sie zur Bestätigung den Namen der Welle ein: ${wave}`,
  mistyped: 'Das ist nicht der Name der Welle.',
  dismiss: 'Nichts tun',
  confirm: (action, scope) =>
    scope.all ? `${action}: Welle ${scope.wave}` : `${action}: ${scope.count} ${of(scope.n, 'Postfach', 'Postfächer')}`,
  done: (action, n, count) => `${action}: erledigt, ${count} ${of(n, 'Zeile', 'Zeilen')} geändert.`,
  nothing: action => `${action}: angenommen; es gab nichts zu ändern.`,
  newest: version =>
    `Sie hat schon die neueste Version, ${version}: Es gibt nichts zu übernehmen. Speichern Sie zuerst das berichtigte Playbook.`,
  versions: (from, to) => `Von Version ${from} zu ${to}.`,
  rows: (n, count) => `${count} ${of(n, 'Zeile würde', 'Zeilen würden')} sich ändern.`,
  alike: 'Für diese Welle steht darin dasselbe.',
  unsaid: 'nicht angegeben',
  untried: 'Der Server hat nicht gesagt, was sich ändern würde. Schließen Sie dieses Fenster und versuchen Sie es erneut.',
  failed: 'Es wurde nichts geändert.',
  unanswered: 'Der Server hat nicht geantwortet; ob es geschehen ist, ist nicht bekannt. Es noch einmal zu tun, schadet nicht.',
}
