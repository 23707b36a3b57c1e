import type { Sentences } from './sentences.ts'

/** What something waits for, as the server says it, in German. */
export const waits: Sentences = {
  'the first step of its calendar': 'den ersten Schritt ihres Kalenders',
  'mailboxes to be copied once': 'die erste Kopie ihrer Postfächer',
  'the hour of its cutover': 'die Stunde ihrer Umstellung',
  'the hour of its cutover, at which somebody leads its mail to the new side':
    'die Stunde ihrer Umstellung, zu der jemand ihre Post zur neuen Seite leitet',
  'the approval of its cutover (POST …/approve)': 'die Freigabe ihrer Umstellung',
  'mailboxes to be finished': 'den Abschluss ihrer Postfächer',
  'the day it closes': 'den Tag ihres Abschlusses',
  'the old TTL to pass': 'den Ablauf der alten TTL',
  'its name servers to answer alike': 'gleiche Antworten ihrer Nameserver',
  'every name server to answer the new MX': 'den neuen MX in der Antwort jedes Nameservers',
  'every name server to follow': 'jeden Nameserver, der noch nachziehen muss',
  'every name server to answer the old MX': 'den alten MX in der Antwort jedes Nameservers',
  'mailboxes to exist at the target': 'ihre Postfächer am Ziel',
  'its domains: {list}': 'ihre Domains: {list}',
  'its domains: {list}; POST …/approve with "step": "cutover", "without": {without} lets the others go':
    'ihre Domains: {list}. „Genehmigen“ ohne {without} lässt die anderen gehen',
  '{domain} is {domainState} (missing or full at the target: {mailboxes})':
    '{domain} ({domainState}, Postfächer, die am Ziel fehlen oder voll sind: {mailboxes})',
  '{domain} is {domainState}': '{domain} ({domainState})',
  'mailboxes that do not exist at the target yet, or are full there, whose mail would bounce: {list}; release those that are held, or cancel them':
    'Postfächer, die es am Ziel noch nicht gibt oder die dort voll sind und deren Post zurückginge: {list}; geben Sie die angehaltenen frei, oder brechen Sie sie ab',
  'mailboxes that do not exist at the target yet, or are full there, whose mail would bounce: {list}; release those that are held, or cancel them; POST …/approve with "step": "cutover", "without": {without} lets the others go':
    'Postfächer, die es am Ziel noch nicht gibt oder die dort voll sind und deren Post zurückginge: {list}; geben Sie die angehaltenen frei, oder brechen Sie sie ab. „Genehmigen“ ohne {without} lässt die anderen gehen',
  'mailboxes of other waves that do not exist at the target yet, whose mail would bounce: {list}; it goes by itself once they do; where the new side passes their mail on to the old server, POST …/approve with "step": "cutover" switches all the same':
    'Postfächer anderer Wellen, die es am Ziel noch nicht gibt und deren Post abgewiesen würde: {list}. Sobald es sie gibt, wird von selbst umgestellt; gibt die neue Seite ihre Post an den alten Server weiter, so stellt „Genehmigen“ dennoch um',
  'mailboxes of other waves that do not exist at the target yet, whose mail would bounce: {list}; it goes by itself once they do; where the new side passes their mail on to the old server, POST …/approve with "step": "cutover" switches all the same, "without": {without} lets the others go':
    'Postfächer anderer Wellen, die es am Ziel noch nicht gibt und deren Post abgewiesen würde: {list}. Sobald es sie gibt, wird von selbst umgestellt; gibt die neue Seite ihre Post an den alten Server weiter, so stellt „Genehmigen“ dennoch um, oder lässt ohne {without} die anderen gehen',
  '{domain} ({n} of wave “{wave}”)': '{domain} ({n} der Welle „{wave}“)',
  '{address} (full)': '{address} (voll)',
  'the approval of its cutover by {list} (POST …/approve)': 'die Freigabe ihrer Umstellung durch: {list}',
  'somebody’s word: the hour of its cutover, {at}, was missed; POST …/approve with "step": "cutover" begins it now, …/reschedule moves its day':
    'jemandes Entscheidung: Die Stunde ihrer Umstellung, {at}, ist verstrichen. „Genehmigen“ beginnt sie jetzt, „Tag verlegen“ verschiebt sie',
  'somebody’s word: the hour of its cutover, {at}, was missed by some ({list}); POST …/approve with "step": "cutover" switches each as soon as it is ready':
    'jemandes Entscheidung: Einige haben die Stunde der Umstellung, {at}, verpasst: {list}. „Genehmigen“ stellt jede um, sobald sie bereit ist',
  'somebody’s word: some of its domains were left behind ({list}); POST …/approve with "step": "cutover" switches each as soon as it is ready':
    'jemandes Entscheidung: Einige Domains wurden zurückgelassen: {list}. „Genehmigen“ stellt jede um, sobald sie bereit ist',
  'somebody’s word: all its domains are left behind; POST …/approve with "step": "cutover" switches them':
    'jemandes Entscheidung: Alle ihre Domains wurden zurückgelassen. „Genehmigen“ stellt sie um',
  'mailboxes whose new mail is to be led to the new side (GET …/routing.csv says where): {list}':
    'dass jemand die neue Post dieser Postfächer zur neuen Seite leitet: {list} (GET …/routing.csv sagt, wohin)',
  'notices to be sent, the next to {address}': 'den Versand der Mitteilungen, die nächste an {address}',
  'its mailboxes to be sealed': 'das Siegel ihrer Postfächer',
  'its mailboxes to come to rest': 'das Ende der Arbeit an ihren Postfächern',
  'the pilot, wave {wave}, which does not exist yet': 'die Pilotwelle {wave}, die es noch nicht gibt',
  'the pilot, wave {wave}, to be judged good by {list} (POST …/approve, step pilot)':
    'dass die Pilotwelle {wave} für gut befunden wird durch: {list}',
  'wave {wave} before it, which is {waveState}, to be switched':
    'die Umstellung der Welle {wave}, die vor ihr kommt ({waveState})',
  'wave {wave} before it, which is {waveState}, to be closed': 'den Abschluss der Welle {wave}, die vor ihr kommt ({waveState})',
  'wave {wave} before it, which does not exist yet, to be {reached}':
    'die Welle {wave}, die vor ihr kommt und die es noch nicht gibt',
  'the hours of the source: copying goes on {day} at {time} ({zone})':
    'die Stunden der Quelle: Die Kopie geht am {day} um {time} weiter ({zone})',
  'the hours of the target: copying goes on {day} at {time} ({zone})':
    'die Stunden des Ziels: Die Kopie geht am {day} um {time} weiter ({zone})',
  'new mail to arrive at the new side first': 'dass neue Post zuerst auf der neuen Seite ankommt',
  'the hour of its copy': 'die Stunde der Kopie',
  'the mailbox of {address}, which gets its mail': 'das Postfach von {address}, das die Post bekommt',
  'its new mail to be led to the new side (GET /api/waves/{wave}/routing.json says where); retry asks at once':
    'dass jemand die neue Post zur neuen Seite leitet (GET /api/waves/{wave}/routing.json sagt, wohin); „Erneut versuchen“ sieht sofort nach',
  'its new mail to be led to the new side (GET /api/waves/{wave}/routing.json says where); of the letter of {at} nothing was seen yet; retry asks at once':
    'dass jemand die neue Post zur neuen Seite leitet (GET /api/waves/{wave}/routing.json sagt, wohin); der Probebrief vom {at} wurde noch nicht gesehen; „Erneut versuchen“ sieht sofort nach',
  'its new mail to be led to the new side (GET /api/waves/{wave}/routing.json says where); of the letter of {at} it arrived at the old server; retry asks at once':
    'dass jemand die neue Post zur neuen Seite leitet (GET /api/waves/{wave}/routing.json sagt, wohin); der Probebrief vom {at} kam auf dem alten Server an; „Erneut versuchen“ sieht sofort nach',
  'its new mail to be led to the new side; a letter to {address} is on its way':
    'dass die neue Post auf der neuen Seite ankommt; ein Probebrief an {address} ist unterwegs',
  'its new mail to be led to the new side; a letter to {address} was refused: {said}':
    'dass die neue Post auf der neuen Seite ankommt; ein Probebrief an {address} wurde abgelehnt: {said}',
  '{address} exists, but not yet in every part of the directory':
    'dass {address}, schon angelegt, im ganzen Verzeichnis bekannt ist',
  'Microsoft is making the mailbox of {address}': 'dass Microsoft das Postfach von {address} angelegt hat',
  'the shared mailbox {address} is not open yet': 'die Öffnung des gemeinsamen Postfachs {address}',
  '{names} to be there, for {address}': 'dass {names} da ist, für {address}',
  'the directory to show {address} as Exchange has made it':
    'dass das Verzeichnis {address} so zeigt, wie Exchange es angelegt hat',
  'Exchange to know the mailbox of {address}': 'dass Exchange das Postfach von {address} kennt',
  '{said}: run the script of GET /api/waves/{wave}/exchange.ps1':
    '{said}: Führen Sie das Skript von GET /api/waves/{wave}/exchange.ps1 aus',
  'its account: run the script of GET /api/waves/{wave}/exchange.ps1 (the new server says {code})':
    'sein Konto: Führen Sie das Skript von GET /api/waves/{wave}/exchange.ps1 aus (der neue Server sagt {code})',
  '{address} to be in one wave only: “{wave}” has it, too; cancel it in one of the two':
    'dass {address} nur noch in einer Welle ist: „{wave}“ hat es auch; brechen Sie es in einer der beiden ab',
  'Please change this record in the zone {zone}:': 'dass jemand diesen Eintrag in der Zone {zone} ändert:',
  'Please change these {n} records together in the zone {zone}:':
    'dass jemand diese {n} Einträge in der Zone {zone} zusammen ändert:',
  '{n} more': '{n} weitere',
  'technical-manager': 'technische Leitung',
  coordinator: 'Koordination',
  operator: 'Umzugsteam',
  'the rest of the order to take another version of its playbook, which was cut off: give it again (POST …/update)':
    'den Rest der Anweisung, eine andere Version ihres Playbooks zu übernehmen, die abgebrochen ist: Geben Sie sie erneut („Neuestes Playbook übernehmen“)',
  'the order by the use of Teams to be put into force (GET /api/playbooks/{playbook}/order shows who comes when and why; POST …/order/approve)':
    'dass die Reihenfolge nach der Nutzung von Teams in Kraft gesetzt wird (GET /api/playbooks/{playbook}/order zeigt, wer wann kommt und warum; POST …/order/approve)',
  'wave {wave} before it, which was rolled back and is over: cancel this wave, and send it under another name once the sequence of its playbook goes on without {other}':
    'die Welle {wave} davor, die zurückgestellt und vorbei ist: Brechen Sie diese ab, und senden Sie sie unter einem anderen Namen, sobald die Reihenfolge ihres Playbooks ohne {other} auskommt',
}
