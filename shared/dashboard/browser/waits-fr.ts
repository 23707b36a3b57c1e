import type { Sentences } from './sentences.ts'

/** What something waits for, as the server says it, in French. */
export const waits: Sentences = {
  'the first step of its calendar': 'la première étape de son calendrier',
  'mailboxes to be copied once': 'la première copie de ses boîtes',
  'the hour of its cutover': 'l’heure de sa bascule',
  'the hour of its cutover, at which somebody leads its mail to the new side':
    'l’heure de sa bascule, à laquelle quelqu’un dirige son courrier vers le nouveau côté',
  'the approval of its cutover (POST …/approve)': 'l’approbation de sa bascule',
  'mailboxes to be finished': 'la fin de ses boîtes',
  'the day it closes': 'le jour de sa clôture',
  'the old TTL to pass': 'l’expiration de l’ancien TTL',
  'its name servers to answer alike': 'que ses serveurs de noms répondent de même',
  'every name server to answer the new MX': 'que chaque serveur de noms réponde le nouveau MX',
  'every name server to follow': 'que chaque serveur de noms suive',
  'every name server to answer the old MX': 'que chaque serveur de noms réponde l’ancien MX',
  'mailboxes to exist at the target': 'l’existence de ses boîtes à la cible',
  'its domains: {list}': 'ses domaines : {list}',
  'its domains: {list}; POST …/approve with "step": "cutover", "without": {without} lets the others go':
    'ses domaines : {list}. « Approuver » sans {without} laisse passer les autres',
  '{domain} is {domainState} (missing or full at the target: {mailboxes})':
    '{domain} ({domainState}, boîtes absentes ou pleines à la cible : {mailboxes})',
  '{domain} is {domainState}': '{domain} ({domainState})',
  'mailboxes that do not exist at the target yet, or are full there, whose mail would bounce: {list}; release those that are held, or cancel them':
    'des boîtes qui n’existent pas encore à la cible ou y sont pleines, et dont le courrier serait refusé : {list} ; reprenez celles qui sont suspendues, ou annulez-les',
  'mailboxes that do not exist at the target yet, or are full there, whose mail would bounce: {list}; release those that are held, or cancel them; POST …/approve with "step": "cutover", "without": {without} lets the others go':
    'des boîtes qui n’existent pas encore à la cible ou y sont pleines, et dont le courrier serait refusé : {list} ; reprenez celles qui sont suspendues, ou annulez-les. « Approuver » sans {without} laisse passer les autres',
  'mailboxes of other waves that do not exist at the target yet, whose mail would bounce: {list}; it goes by itself once they do; where the new side passes their mail on to the old server, POST …/approve with "step": "cutover" switches all the same':
    'des boîtes d’autres vagues qui n’existent pas encore à la cible, et dont le courrier serait refusé : {list}. La bascule se fait d’elle-même dès qu’elles existent ; si le nouveau côté transmet leur courrier à l’ancien serveur, « Approuver » bascule malgré tout',
  'mailboxes of other waves that do not exist at the target yet, whose mail would bounce: {list}; it goes by itself once they do; where the new side passes their mail on to the old server, POST …/approve with "step": "cutover" switches all the same, "without": {without} lets the others go':
    'des boîtes d’autres vagues qui n’existent pas encore à la cible, et dont le courrier serait refusé : {list}. La bascule se fait d’elle-même dès qu’elles existent ; si le nouveau côté transmet leur courrier à l’ancien serveur, « Approuver » bascule malgré tout, ou sans {without} laisse passer les autres',
  '{domain} ({n} of wave “{wave}”)': '{domain} ({n} de la vague « {wave} »)',
  '{address} (full)': '{address} (pleine)',
  'the approval of its cutover by {list} (POST …/approve)': 'l’approbation de sa bascule par : {list}',
  'somebody’s word: the hour of its cutover, {at}, was missed; POST …/approve with "step": "cutover" begins it now, …/reschedule moves its day':
    'la décision de quelqu’un : l’heure de sa bascule, {at}, est passée. « Approuver » la lance maintenant, « Changer de jour » la reporte',
  'somebody’s word: the hour of its cutover, {at}, was missed by some ({list}); POST …/approve with "step": "cutover" switches each as soon as it is ready':
    'la décision de quelqu’un : certains ont manqué l’heure de la bascule, {at} : {list}. « Approuver » les bascule, chacun dès qu’il est prêt',
  'somebody’s word: some of its domains were left behind ({list}); POST …/approve with "step": "cutover" switches each as soon as it is ready':
    'la décision de quelqu’un : des domaines ont été laissés de côté : {list}. « Approuver » les bascule, chacun dès qu’il est prêt',
  'somebody’s word: all its domains are left behind; POST …/approve with "step": "cutover" switches them':
    'la décision de quelqu’un : tous ses domaines ont été laissés de côté. « Approuver » les bascule',
  'mailboxes whose new mail is to be led to the new side (GET …/routing.csv says where): {list}':
    'que quelqu’un dirige vers le nouveau côté le courrier de : {list} (GET …/routing.csv dit où)',
  'notices to be sent, the next to {address}': 'l’envoi des avis, le prochain à {address}',
  'its mailboxes to be sealed': 'le scellement de ses boîtes',
  'its mailboxes to come to rest': 'l’arrêt du travail sur ses boîtes',
  'the pilot, wave {wave}, which does not exist yet': 'la vague pilote, {wave}, qui n’existe pas encore',
  'the pilot, wave {wave}, to be judged good by {list} (POST …/approve, step pilot)':
    'que la vague pilote, {wave}, soit jugée bonne par : {list}',
  'wave {wave} before it, which is {waveState}, to be switched': 'la bascule de la vague {wave}, qui la précède ({waveState})',
  'wave {wave} before it, which is {waveState}, to be closed': 'la clôture de la vague {wave}, qui la précède ({waveState})',
  'wave {wave} before it, which does not exist yet, to be {reached}': 'la vague {wave}, qui la précède et n’existe pas encore',
  'the hours of the source: copying goes on {day} at {time} ({zone})':
    'les heures de la source : la copie reprend le {day} à {time} ({zone})',
  'the hours of the target: copying goes on {day} at {time} ({zone})':
    'les heures de la cible : la copie reprend le {day} à {time} ({zone})',
  'new mail to arrive at the new side first': 'que le nouveau courrier arrive d’abord du nouveau côté',
  'the hour of its copy': 'l’heure de sa copie',
  'the mailbox of {address}, which gets its mail': 'la boîte de {address}, qui reçoit son courrier',
  'its new mail to be led to the new side (GET /api/waves/{wave}/routing.json says where); retry asks at once':
    'que quelqu’un dirige son nouveau courrier vers le nouveau côté (GET /api/waves/{wave}/routing.json dit où) ; « Réessayer » vérifie aussitôt',
  'its new mail to be led to the new side (GET /api/waves/{wave}/routing.json says where); of the letter of {at} nothing was seen yet; retry asks at once':
    'que quelqu’un dirige son nouveau courrier vers le nouveau côté (GET /api/waves/{wave}/routing.json dit où) ; la lettre d’essai du {at} n’est pas encore arrivée ; « Réessayer » vérifie aussitôt',
  'its new mail to be led to the new side (GET /api/waves/{wave}/routing.json says where); of the letter of {at} it arrived at the old server; retry asks at once':
    'que quelqu’un dirige son nouveau courrier vers le nouveau côté (GET /api/waves/{wave}/routing.json dit où) ; la lettre d’essai du {at} est arrivée à l’ancien serveur ; « Réessayer » vérifie aussitôt',
  'its new mail to be led to the new side; a letter to {address} is on its way':
    'que son nouveau courrier arrive du nouveau côté ; une lettre d’essai à {address} est en route',
  'its new mail to be led to the new side; a letter to {address} was refused: {said}':
    'que son nouveau courrier arrive du nouveau côté ; une lettre d’essai à {address} a été refusée : {said}',
  '{address} exists, but not yet in every part of the directory': 'que {address}, déjà créé, soit connu de tout l’annuaire',
  'Microsoft is making the mailbox of {address}': 'que Microsoft ait créé la boîte de {address}',
  'the shared mailbox {address} is not open yet': 'l’ouverture de la boîte partagée {address}',
  '{names} to be there, for {address}': 'que {names} existe, pour {address}',
  'the directory to show {address} as Exchange has made it': 'que l’annuaire montre {address} tel qu’Exchange l’a créé',
  'Exchange to know the mailbox of {address}': 'qu’Exchange connaisse la boîte de {address}',
  '{said}: run the script of GET /api/waves/{wave}/exchange.ps1':
    '{said} : exécutez le script de GET /api/waves/{wave}/exchange.ps1',
  'its account: run the script of GET /api/waves/{wave}/exchange.ps1 (the new server says {code})':
    'son compte : exécutez le script de GET /api/waves/{wave}/exchange.ps1 (le nouveau serveur répond {code})',
  '{address} to be in one wave only: “{wave}” has it, too; cancel it in one of the two':
    'que {address} ne soit plus que dans une vague : « {wave} » la contient aussi ; annulez-la dans l’une des deux',
  'Please change this record in the zone {zone}:': 'que quelqu’un modifie cet enregistrement dans la zone {zone} :',
  'Please change these {n} records together in the zone {zone}:':
    'que quelqu’un modifie ensemble ces {n} enregistrements dans la zone {zone} :',
  '{n} more': '{n} autres',
  'technical-manager': 'gestion technique',
  coordinator: 'coordination',
  operator: 'équipe de migration',
  'the rest of the order to take another version of its playbook, which was cut off: give it again (POST …/update)':
    'la fin de l’ordre de prendre une autre version de son scénario, qui a été coupé : redonnez-le (« Prendre le dernier scénario »)',
  'the order by the use of Teams to be put into force (GET /api/playbooks/{playbook}/order shows who comes when and why; POST …/order/approve)':
    'que l’ordre selon l’usage de Teams soit mis en vigueur (GET /api/playbooks/{playbook}/order montre qui vient quand et pourquoi ; POST …/order/approve)',
  'wave {wave} before it, which was rolled back and is over: cancel this wave, and send it under another name once the sequence of its playbook goes on without {other}':
    'la vague {wave}, qui la précède, remise en arrière et finie : annulez celle-ci, et envoyez-la sous un autre nom quand l’ordre de son scénario se passe de {other}',
}
