import type { Sentences } from './sentences.ts'

/** What something waits for, as the server says it, in Dutch. */
export const waits: Sentences = {
  'the first step of its calendar': 'de eerste stap van haar kalender',
  'mailboxes to be copied once': 'de eerste kopie van haar postvakken',
  'the hour of its cutover': 'het uur van haar omschakeling',
  'the hour of its cutover, at which somebody leads its mail to the new side':
    'het uur van haar omschakeling, waarop iemand haar mail naar de nieuwe kant leidt',
  'the approval of its cutover (POST …/approve)': 'de goedkeuring van haar omschakeling',
  'mailboxes to be finished': 'het einde van haar postvakken',
  'the day it closes': 'de dag van haar afsluiting',
  'the old TTL to pass': 'het verlopen van de oude TTL',
  'its name servers to answer alike': 'naamservers die hetzelfde antwoorden',
  'every name server to answer the new MX': 'het nieuwe MX-antwoord van elke naamserver',
  'every name server to follow': 'elke naamserver die moet volgen',
  'every name server to answer the old MX': 'het oude MX-antwoord van elke naamserver',
  'mailboxes to exist at the target': 'het bestaan van haar postvakken aan het doel',
  'its domains: {list}': 'haar domeinen: {list}',
  'its domains: {list}; POST …/approve with "step": "cutover", "without": {without} lets the others go':
    'haar domeinen: {list}. “Goedkeuren” zonder {without} laat de andere gaan',
  '{domain} is {domainState} (missing or full at the target: {mailboxes})':
    '{domain} ({domainState}, postvakken die aan het doel ontbreken of vol zijn: {mailboxes})',
  '{domain} is {domainState}': '{domain} ({domainState})',
  'mailboxes that do not exist at the target yet, or are full there, whose mail would bounce: {list}; release those that are held, or cancel them':
    'postvakken die aan het doel nog niet bestaan of er vol zijn, en waarvan de mail zou terugkeren: {list}; geef de aangehouden vrij, of annuleer ze',
  'mailboxes that do not exist at the target yet, or are full there, whose mail would bounce: {list}; release those that are held, or cancel them; POST …/approve with "step": "cutover", "without": {without} lets the others go':
    'postvakken die aan het doel nog niet bestaan of er vol zijn, en waarvan de mail zou terugkeren: {list}; geef de aangehouden vrij, of annuleer ze. “Goedkeuren” zonder {without} laat de andere gaan',
  'mailboxes of other waves that do not exist at the target yet, whose mail would bounce: {list}; it goes by itself once they do; where the new side passes their mail on to the old server, POST …/approve with "step": "cutover" switches all the same':
    'mailboxen van andere golven die nog niet op het doel bestaan en waarvan de post zou worden geweigerd: {list}. Zodra ze bestaan, gaat de omschakeling vanzelf door; geeft de nieuwe kant hun post door aan de oude server, dan schakelt “Goedkeuren” toch om',
  'mailboxes of other waves that do not exist at the target yet, whose mail would bounce: {list}; it goes by itself once they do; where the new side passes their mail on to the old server, POST …/approve with "step": "cutover" switches all the same, "without": {without} lets the others go':
    'mailboxen van andere golven die nog niet op het doel bestaan en waarvan de post zou worden geweigerd: {list}. Zodra ze bestaan, gaat de omschakeling vanzelf door; geeft de nieuwe kant hun post door aan de oude server, dan schakelt “Goedkeuren” toch om, of laat zonder {without} de andere gaan',
  '{domain} ({n} of wave “{wave}”)': '{domain} ({n} van golf “{wave}”)',
  '{address} (full)': '{address} (vol)',
  'the approval of its cutover by {list} (POST …/approve)': 'de goedkeuring van haar omschakeling door: {list}',
  'somebody’s word: the hour of its cutover, {at}, was missed; POST …/approve with "step": "cutover" begins it now, …/reschedule moves its day':
    'iemands beslissing: het uur van haar omschakeling, {at}, is voorbij. “Goedkeuren” start ze nu, “Dag verplaatsen” stelt ze uit',
  'somebody’s word: the hour of its cutover, {at}, was missed by some ({list}); POST …/approve with "step": "cutover" switches each as soon as it is ready':
    'iemands beslissing: sommige hebben het uur van de omschakeling, {at}, gemist: {list}. “Goedkeuren” schakelt elk om zodra het klaar is',
  'somebody’s word: some of its domains were left behind ({list}); POST …/approve with "step": "cutover" switches each as soon as it is ready':
    'iemands beslissing: sommige domeinen bleven achter: {list}. “Goedkeuren” schakelt elk om zodra het klaar is',
  'somebody’s word: all its domains are left behind; POST …/approve with "step": "cutover" switches them':
    'iemands beslissing: al haar domeinen bleven achter. “Goedkeuren” schakelt ze om',
  'mailboxes whose new mail is to be led to the new side (GET …/routing.csv says where): {list}':
    'dat iemand de nieuwe mail van deze postvakken naar de nieuwe kant leidt: {list} (GET …/routing.csv zegt waarheen)',
  'notices to be sent, the next to {address}': 'het versturen van berichten, het volgende naar {address}',
  'its mailboxes to be sealed': 'de verzegeling van haar postvakken',
  'its mailboxes to come to rest': 'het einde van het werk aan haar postvakken',
  'the pilot, wave {wave}, which does not exist yet': 'de pilootgolf {wave}, die nog niet bestaat',
  'the pilot, wave {wave}, to be judged good by {list} (POST …/approve, step pilot)':
    'dat de pilootgolf {wave} goedgekeurd wordt door: {list}',
  'wave {wave} before it, which is {waveState}, to be switched': 'de omschakeling van golf {wave}, die eerst komt ({waveState})',
  'wave {wave} before it, which is {waveState}, to be closed': 'de afsluiting van golf {wave}, die eerst komt ({waveState})',
  'wave {wave} before it, which does not exist yet, to be {reached}': 'golf {wave}, die eerst komt en nog niet bestaat',
  'the hours of the source: copying goes on {day} at {time} ({zone})':
    'de uren van de bron: de kopie gaat verder op {day} om {time} ({zone})',
  'the hours of the target: copying goes on {day} at {time} ({zone})':
    'de uren van het doel: de kopie gaat verder op {day} om {time} ({zone})',
  'new mail to arrive at the new side first': 'dat nieuwe mail eerst aan de nieuwe kant aankomt',
  'the hour of its copy': 'het uur van de kopie',
  'the mailbox of {address}, which gets its mail': 'het postvak van {address}, dat de mail ervan krijgt',
  'its new mail to be led to the new side (GET /api/waves/{wave}/routing.json says where); retry asks at once':
    'dat iemand de nieuwe mail naar de nieuwe kant leidt (GET /api/waves/{wave}/routing.json zegt waarheen); “Opnieuw proberen” kijkt meteen',
  'its new mail to be led to the new side (GET /api/waves/{wave}/routing.json says where); of the letter of {at} nothing was seen yet; retry asks at once':
    'dat iemand de nieuwe mail naar de nieuwe kant leidt (GET /api/waves/{wave}/routing.json zegt waarheen); de proefbrief van {at} is nog niet gezien; “Opnieuw proberen” kijkt meteen',
  'its new mail to be led to the new side (GET /api/waves/{wave}/routing.json says where); of the letter of {at} it arrived at the old server; retry asks at once':
    'dat iemand de nieuwe mail naar de nieuwe kant leidt (GET /api/waves/{wave}/routing.json zegt waarheen); de proefbrief van {at} kwam aan op de oude server; “Opnieuw proberen” kijkt meteen',
  'its new mail to be led to the new side; a letter to {address} is on its way':
    'dat de nieuwe mail aan de nieuwe kant aankomt; een proefbrief naar {address} is onderweg',
  'its new mail to be led to the new side; a letter to {address} was refused: {said}':
    'dat de nieuwe mail aan de nieuwe kant aankomt; een proefbrief naar {address} is geweigerd: {said}',
  '{address} exists, but not yet in every part of the directory':
    'dat {address}, dat al bestaat, overal in de adreslijst bekend is',
  'Microsoft is making the mailbox of {address}': 'dat Microsoft het postvak van {address} gemaakt heeft',
  'the shared mailbox {address} is not open yet': 'de opening van het gedeelde postvak {address}',
  '{names} to be there, for {address}': 'dat {names} er is, voor {address}',
  'the directory to show {address} as Exchange has made it': 'dat de directory {address} toont zoals Exchange het gemaakt heeft',
  'Exchange to know the mailbox of {address}': 'dat Exchange het postvak van {address} kent',
  '{said}: run the script of GET /api/waves/{wave}/exchange.ps1':
    '{said}: voer het script van GET /api/waves/{wave}/exchange.ps1 uit',
  'its account: run the script of GET /api/waves/{wave}/exchange.ps1 (the new server says {code})':
    'de account ervan: voer het script van GET /api/waves/{wave}/exchange.ps1 uit (de nieuwe server antwoordt {code})',
  '{address} to be in one wave only: “{wave}” has it, too; cancel it in one of the two':
    'dat {address} nog maar in één golf zit: “{wave}” heeft het ook; annuleer het in een van de twee',
  'Please change this record in the zone {zone}:': 'dat iemand dit record wijzigt in de zone {zone}:',
  'Please change these {n} records together in the zone {zone}:': 'dat iemand deze {n} records samen wijzigt in de zone {zone}:',
  '{n} more': '{n} andere',
  'technical-manager': 'technisch beheer',
  coordinator: 'coördinatie',
  operator: 'migratieteam',
  'the rest of the order to take another version of its playbook, which was cut off: give it again (POST …/update)':
    'de rest van de opdracht om een andere versie van haar draaiboek te nemen, die afgebroken is: geef ze opnieuw (‘Nieuwste draaiboek nemen’)',
  'the order by the use of Teams to be put into force (GET /api/playbooks/{playbook}/order shows who comes when and why; POST …/order/approve)':
    'dat de volgorde volgens het gebruik van Teams van kracht wordt (GET /api/playbooks/{playbook}/order toont wie wanneer komt en waarom; POST …/order/approve)',
  'wave {wave} before it, which was rolled back and is over: cancel this wave, and send it under another name once the sequence of its playbook goes on without {other}':
    'golf {wave} ervóór, die teruggedraaid en voorbij is: annuleer deze golf, en stuur ze onder een andere naam zodra de volgorde van haar draaiboek zonder {other} verdergaat',
}
