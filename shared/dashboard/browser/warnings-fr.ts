import type { Sentences } from './sentences.ts'

/** What is to be thought of about a wave, and what it leaves to do, as the server says it, in French. */
export const warnings: Sentences = {
  '{step} falls on {saidDay}: somebody must be there': '{step} tombe {saidDay} : quelqu’un doit être présent',
  '{step} falls on {saidDay}: nobody may read it': '{step} tombe {saidDay} : peut-être que personne ne le lira',
  'a Saturday': 'un samedi',
  'a Sunday': 'un dimanche',
  'a public holiday ({name}, {code})': 'un jour férié ({name}, {code})',
  'in a black-out ({why})': 'dans une période sans migration ({why})',
  '{step} is an hour that comes twice, since the clocks are put back: the first is meant':
    '{step} : cette heure passe deux fois, puisqu’on recule les horloges ; c’est la première qui compte',
  '{step} is when it is, since the change of clocks skips an hour of that night':
    '{step} : l’heure est décalée, car le changement d’heure en saute une cette nuit-là',
  '{step} comes before {stepOther}: new mail would come first, and old mail after it; take another day, or other times in the playbook':
    '{step} vient avant {stepOther} : le nouveau courrier arriverait d’abord, et l’ancien après ; prenez un autre jour, ou d’autres heures dans le scénario',
  '{step} comes before {stepOther}; take another day, or other times in the playbook':
    '{step} vient avant {stepOther} ; prenez un autre jour, ou d’autres heures dans le scénario',
  '{step} ({when}, {at})': '{step} ({when}, {at})',
  'the notice {notice}': 'avis « {notice} »',
  '{who} asks for {date} instead of {dateNow} ({why}): POST …/approve with "step": "postpone", by another person, grants it; …/reschedule says otherwise (with the present day: it stays)':
    '{who} demande le {date} au lieu du {dateNow} ({why}) : POST …/approve avec "step": "postpone", par une autre personne, l’accorde ; « Changer de jour » décide autrement (avec le jour actuel : il reste)',
  '{who} asks for {date} instead of no day ({why}): POST …/approve with "step": "postpone", by another person, grants it; …/reschedule says otherwise (with the present day: it stays)':
    '{who} demande le {date}, aucun jour n’étant fixé ({why}) : POST …/approve avec "step": "postpone", par une autre personne, l’accorde ; « Changer de jour » décide autrement',
  'granted, {said}': 's’il est accordé, {said}',
  'mailboxes of which the old server counts more messages (EXISTS) than it lists: {list}; have the indexes of their folders (GET …/mailboxes/ADDRESS: unlisted) rebuilt there: what appears is brought by the next round, and after the switch by a retry':
    'boîtes dont l’ancien serveur compte plus de messages (EXISTS) qu’il n’en liste : {list} ; faites-y reconstruire l’index de leurs dossiers (la page de chaque boîte dit lesquels) : ce qui apparaît sera copié au prochain passage, et après la bascule par « Réessayer »',
  '{step} was past before it could be done: choose send-now or skip (POST …/send-now, …/skip with "steps": ["{name}"])':
    '{step} : l’heure était passée avant que ce puisse être fait ; choisissez de le faire encore ou de le laisser (POST …/send-now ou …/skip avec "steps": ["{name}"])',
  '{step} waits for {list}': 'étape « {step} », en attente de : {list}',
  '{step} is held: {said}': 'étape « {step} » suspendue : {said}',
  'by an operator': 'par l’équipe de migration',
  'the hour of the cutover for {date} ({at}) was missed: it waits for somebody’s word; POST …/approve with "step": "cutover" begins it now, …/reschedule moves its day':
    'l’heure de la bascule du {date} ({at}) est passée : elle attend la décision de quelqu’un ; « Approuver » la lance maintenant, « Changer de jour » la reporte',
  'the hour of the cutover for {date} ({at}) is past: it begins as soon as it may':
    'l’heure de la bascule du {date} ({at}) est passée : elle commence dès que possible',
  'an approval was given for another day and count no more: confirm {date} anew':
    'une approbation avait été donnée pour un autre jour et ne compte plus : confirmez de nouveau, pour le {date}',
  'approvals were given for another day and count no more: confirm {date} anew':
    'des approbations avaient été données pour un autre jour et ne comptent plus : confirmez de nouveau, pour le {date}',
  'the MX of {domain} was put back with wave “{wave}”: new mail of this wave arrives at the old server again, and nobody of it was told; POST …/rollback of this wave as well tells them, another wave switches it again':
    'le MX de {domain} a été remis avec la vague « {wave} » : le nouveau courrier de cette vague-ci arrive de nouveau à l’ancien serveur, et personne n’en a été averti ; « Revenir en arrière » sur cette vague aussi les avertit, une autre vague le bascule de nouveau',
  '{domain} is in wave “{wave}” ({waveState}), too: its MX is switched, and put back, for both':
    '{domain} est aussi dans la vague « {wave} » ({waveState}) : son MX est basculé, et remis, pour les deux',
  '{domain} is in wave “{wave}” ({waveState}), too: its MX is switched, and put back, for both; mailboxes of that wave that do not exist at the target yet, and whose mail would bounce: {n}':
    '{domain} est aussi dans la vague « {wave} » ({waveState}) : son MX est basculé, et remis, pour les deux ; boîtes de cette autre vague qui n’existent pas encore à la cible et dont le courrier serait refusé : {n}',
  'the notice {notice} did not reach {address}: {said}': 'l’avis « {notice} » n’est pas arrivé à {address} : {said}',
  'it came back': 'il est revenu',
  'mails from mail servers in {address} that the program could not understand: {n}; open it and look whether notices came back':
    'courriels de serveurs de courrier dans {address} que le programme n’a pas compris : {n} ; ouvrez cette boîte et regardez si des avis sont revenus',
  '{address} cannot be read, so nobody sees which notices come back: {said}; release the wave once that is mended':
    '{address} ne peut pas être lue, donc personne ne voit quels avis reviennent : {said} ; reprenez la vague une fois que c’est corrigé',
  'the notice {notice} to {address} is not sent: {said}; release the wave once that is mended':
    'l’avis « {notice} » à {address} n’est pas envoyé : {said} ; reprenez la vague une fois que c’est corrigé',
  'the notice {notice} to {address} (and to {n} more) is not sent: {said}; release the wave once that is mended':
    'l’avis « {notice} » à {address} (et à {n} autres) n’est pas envoyé : {said} ; reprenez la vague une fois que c’est corrigé',
  held: 'suspendu',
  'mail still arrived at the old server long after the switch (it was brought): {list}; see that it is led to the new side':
    'du courrier est encore arrivé à l’ancien serveur longtemps après la bascule (il a été copié) : {list} ; veillez à ce qu’il soit dirigé vers le nouveau côté',
  'run GET /api/waves/{wave}/members.ps1 for who opens {address}: in {list}; out {others} (ordered {at})':
    'exécutez GET /api/waves/{wave}/members.ps1 pour qui ouvre {address} : entrent {list} ; sortent {others} (ordonné le {at})',
  '{n} × {licence} had been taken back by somebody else: {list}':
    '{n} × {licence} avaient déjà été reprises par quelqu’un d’autre : {list}',
  'took {n} × {licence} back: {list} had not moved': '{n} × {licence} reprises : {list} n’avaient pas été déplacées',
  'take {n} × {licence} back unless another wave moves them: {list} got an account here and have not moved':
    'récupérez {n} × {licence}, sauf si une autre vague déplace ces boîtes : {list} ont reçu un compte ici et n’ont pas été déplacées',
  'lead the mail of {list} back to the old server, where no letter of ours was seen to arrive yet: have whoever runs the old mail system do it (GET …/routing.json lists them), then retry, which asks at once; what arrived at the new side meanwhile stays there':
    'redirigez le courrier de {list} vers l’ancien serveur, où aucune lettre de contrôle n’a encore été vue arriver : faites-le faire par qui gère l’ancienne messagerie (GET …/routing.json les énumère), puis réessayez, ce qui envoie aussitôt une lettre ; ce qui est arrivé entre-temps du nouveau côté y reste',
  'lead the mail of {list} back to the old server, too, which no letter can prove: one to a list would go to everybody on it, and what is new has no mailbox there':
    'redirigez aussi vers l’ancien serveur le courrier de {list}, ce qu’aucune lettre ne peut prouver : envoyée à une liste, elle irait à tous ses membres, et ce qui est nouveau n’y a pas de boîte',
  'see that calendars, contacts and tasks were brought: only mail is copied here, and counted (copy.calendars: elsewhere)':
    'vérifiez que les agendas, contacts et tâches ont été repris : ici, seul le courrier est copié et compté (copy.calendars: elsewhere)',
  'the MX of {domain} leads to the new side although each of its mailboxes here is cancelled: unless another wave moves them, have the old one put back at its DNS host ({mx})':
    'le MX de {domain} mène au nouveau côté alors que chacune de ses boîtes y est annulée : sauf si une autre vague les déplace, faites remettre l’ancien chez son hébergeur DNS ({mx})',
  'the MX of {domain} leads to the new side although the wave is cancelled: POST …/rollback puts it back':
    'le MX de {domain} mène au nouveau côté alors que la vague est annulée : « Revenir en arrière » le remet',
  'raise the TTL of the MX of {domain} again: it was {n} s before, and {nNow} s for the switch':
    'remontez le TTL du MX de {domain} : il était de {n} s avant, et de {nNow} s pour la bascule',
  'it has an MTA-STS policy: let that name the new mail exchangers ({mx}) a week before the switch, or senders that heed it keep their mail back (RFC 8461)':
    'il a une politique MTA-STS : faites-y nommer les nouveaux serveurs de courrier ({mx}) une semaine avant la bascule, sinon les expéditeurs qui la respectent retiendront leur courrier (RFC 8461)',
  'it has {n} SPF records, and then none counts (RFC 7208 4.5): leave one':
    'il a {n} enregistrements SPF, et dans ce cas aucun ne compte (RFC 7208 4.5) : n’en laissez qu’un',
  'its SPF record does not name Microsoft 365: unless one that it includes does, add include:spf.protection.outlook.com before people send from there, or their mail is refused':
    'son enregistrement SPF ne nomme pas Microsoft 365 : sauf si un enregistrement inclus le fait, ajoutez include:spf.protection.outlook.com avant qu’on n’envoie depuis là, sinon ce courrier sera refusé',
  '{domain} asks by DMARC ({policy}) that what SPF does not prove is kept from its readers: unless the notices are signed with its key (DKIM), they are':
    '{domain} demande par DMARC ({policy}) que ce que SPF ne prouve pas ne parvienne pas aux lecteurs : sauf si les avis sont signés avec sa clé (DKIM), c’est ce qui leur arrivera',
  '{domain}, from which notices come, has no DMARC record: publish TXT "v=DMARC1; p=none" at _dmarc.{zone}, or large mail services may take them for forged':
    '{domain}, d’où viennent les avis, n’a pas d’enregistrement DMARC : publiez TXT "v=DMARC1; p=none" sous _dmarc.{zone}, sinon de grands services de messagerie peuvent les croire falsifiés',
  '{domain}, from which notices come, has {n} DMARC records, and then none counts (RFC 7489 6.6.3): leave one at _dmarc.{zone}':
    '{domain}, d’où viennent les avis, a {n} enregistrements DMARC, et dans ce cas aucun ne compte (RFC 7489 6.6.3) : n’en laissez qu’un sous _dmarc.{zone}',
  '{domain}, from which notices come, has {n} SPF records, and then none counts (RFC 7208 4.5): leave one that names who sends for it, and {term}':
    '{domain}, d’où viennent les avis, a {n} enregistrements SPF, et dans ce cas aucun ne compte (RFC 7208 4.5) : n’en laissez qu’un, qui nomme ceux qui envoient pour ce domaine, dont {term}',
  '{domain}, from which notices come, has no SPF record: publish TXT "v=spf1 {term} ~all" there, with whoever else sends for it, or readers may take the notices for forged':
    '{domain}, d’où viennent les avis, n’a pas d’enregistrement SPF : publiez-y TXT "v=spf1 {term} ~all", avec tous ceux qui envoient pour ce domaine, sinon les lecteurs peuvent croire les avis falsifiés',
  '{domain}, from which notices come, says by SPF ({record}) that nobody sends for it: put {term} before “all”':
    '{domain}, d’où viennent les avis, dit par SPF ({record}) que personne n’envoie pour ce domaine : mettez {term} avant « all »',
  '{host} serves {zone} but has no address: correct its A record or take it out of the NS set':
    '{host} sert {zone}, mais n’a pas d’adresse : corrigez son enregistrement A ou retirez-le des NS',
  'the servers of {zone} delegate {domain} to nobody': 'les serveurs de {zone} ne délèguent {domain} à personne',
  'the delegation of {zone} could not be read, so servers that only its parent names were not asked: {saidCause}. {said}':
    'la délégation de {zone} n’a pas pu être lue, donc les serveurs que seul son parent nomme n’ont pas été interrogés : {saidCause}. {said}',
  '{name} is delegated {zone} by the parent, but the zone itself does not name it':
    'le parent délègue {zone} à {name}, mais la zone elle-même ne le nomme pas',
  '{name} is named by {zone} itself, but the parent does not delegate to it':
    'la zone {zone} nomme {name}, mais le parent ne lui délègue rien',
  'mailboxes that stand out (GET …/inventory): {said}': 'boîtes qui sortent de l’ordinaire (GET …/inventory) : {said}',
  'nothing at the old server (who fetches by POP has his mail on his computer, and nothing is moved): {list}; {said}':
    'rien sur l’ancien serveur (qui relève par POP a son courrier sur son ordinateur, et rien n’est repris) : {list} ; {said}',
  'nothing at the old server (who fetches by POP has his mail on his computer, and nothing is moved): {list}':
    'rien sur l’ancien serveur (qui relève par POP a son courrier sur son ordinateur, et rien n’est repris) : {list}',
  'mail that nobody reads, so that notices there are not read either: {list}; {said}':
    'courrier que personne ne lit, les avis qu’on y envoie non plus : {list} ; {said}',
  'mail that nobody reads, so that notices there are not read either: {list}':
    'courrier que personne ne lit, les avis qu’on y envoie non plus : {list}',
  'nothing read, sent or received for long (ask whether they are still wanted): {list}; {said}':
    'rien de lu, d’envoyé ni de reçu depuis longtemps (demandez si elles sont encore voulues) : {list} ; {said}',
  'nothing read, sent or received for long (ask whether they are still wanted): {list}':
    'rien de lu, d’envoyé ni de reçu depuis longtemps (demandez si elles sont encore voulues) : {list}',
  'mailboxes whose calendars and contacts could not be read ahead at the old server: {list} ({code}). {said}':
    'boîtes dont les agendas et contacts n’ont pas pu être lus d’avance sur l’ancien serveur : {list} ({code}). {said}',
  'mailboxes without calendars and contacts at the old server, where others have theirs: {list}; nothing is brought for them: if that is wrong, correct what they sign in with there, or the wave':
    'boîtes sans agendas ni contacts sur l’ancien serveur, où d’autres ont les leurs : {list} ; rien n’est repris pour elles. Si c’est une erreur, corrigez l’identifiant qu’elles y ont, ou la vague',
  'the old server has calendars and contacts of nobody who was looked for: {list}; check `source.dav.url`, then look again (POST …/inventory)':
    'l’ancien serveur n’a d’agendas ni de contacts d’aucune des personnes cherchées : {list} ; vérifiez `source.dav.url`, puis relancez l’inventaire (POST …/inventory)',
  'mailboxes whose calendars and contacts nobody has looked into yet: {n}; look again (POST …/inventory)':
    'boîtes dont personne n’a encore examiné les agendas et contacts : {n} ; relancez l’inventaire (POST …/inventory)',
  'domains that the tenant does not have: {list}; add and verify them (Microsoft 365 admin centre, Settings, Domains), then look again (POST …/inventory)':
    'domaines que le locataire n’a pas : {list} ; ajoutez-les et vérifiez-les (centre d’administration Microsoft 365, Paramètres, Domaines), puis relancez l’inventaire (POST …/inventory)',
  'domains that are not verified in the tenant: {list}; publish the TXT record of each, verify it (Microsoft 365 admin centre, Settings, Domains), then look again (POST …/inventory)':
    'domaines non vérifiés dans le locataire : {list} ; publiez l’enregistrement TXT de chacun, vérifiez-le (centre d’administration Microsoft 365, Paramètres, Domaines), puis relancez l’inventaire (POST …/inventory)',
  '{domain} (TXT {text})': '{domain} (TXT {text})',
  'domains for which Exchange is not switched on in the tenant, so that they carry no mail: {list}; switch it on (Microsoft 365 admin centre, Settings, Domains, Manage DNS), then look again (POST …/inventory)':
    'domaines pour lesquels Exchange n’est pas activé dans le locataire, si bien qu’ils ne reçoivent pas de courrier : {list} ; activez-le (centre d’administration Microsoft 365, Paramètres, Domaines, Gérer le DNS), puis relancez l’inventaire (POST …/inventory)',
  'the licence {licence}, which {n} mailboxes of the wave are to get, makes no mailbox: choose one with an Exchange plan that is switched on, in the wave or the playbook, then look again (POST …/inventory)':
    'la licence {licence}, que {n} boîtes de la vague doivent recevoir, ne crée pas de boîte : choisissez-en une avec un plan Exchange activé, dans la vague ou le scénario, puis relancez l’inventaire (POST …/inventory)',
  'the tenant has no licence {licence}, which {n} mailboxes of the wave are to get: correct its name in the wave or the playbook, or buy it, then look again (POST …/inventory)':
    'le locataire n’a pas de licence {licence}, que {n} boîtes de la vague doivent recevoir : corrigez son nom dans la vague ou le scénario, ou achetez-la, puis relancez l’inventaire (POST …/inventory)',
  'licences {licence}: {n} are free, this wave needs {nWave}, all planned waves together {nAll}, so {nLacking} lack: buy them, or take them back from accounts that are not used, then look again (POST …/inventory)':
    'licences {licence} : {n} libres, cette vague en demande {nWave}, toutes les vagues prévues ensemble {nAll} ; il en manque {nLacking} : achetez-les, ou reprenez-les à des comptes qui ne servent plus, puis relancez l’inventaire (POST …/inventory)',
  'addresses of the wave that something else in the tenant has: {list}; rename or remove that, or take the address from it (Microsoft 365 admin centre), then look again (POST …/inventory)':
    'adresses de la vague qu’autre chose a déjà dans le locataire : {list} ; renommez ou supprimez ce qui les a, ou retirez-lui l’adresse (centre d’administration Microsoft 365), puis relancez l’inventaire (POST …/inventory)',
  'addresses of the wave that something deleted in the tenant had: {list}; restore what is to be gone on with, delete the rest for good (Microsoft 365 admin centre, Deleted users, Deleted groups), then look again (POST …/inventory)':
    'adresses de la vague qu’avait quelque chose de supprimé dans le locataire : {list} ; restaurez ce qui doit continuer, supprimez le reste définitivement (centre d’administration Microsoft 365, Utilisateurs supprimés, Groupes supprimés), puis relancez l’inventaire (POST …/inventory)',
  '{address} (the user {name})': '{address} (l’utilisateur {name})',
  '{address} (the guest {name})': '{address} (l’invité {name})',
  '{address} (the Microsoft 365 group {name})': '{address} (le groupe Microsoft 365 {name})',
  '{address} (the list {name})': '{address} (la liste {name})',
  '{address} (the contact {name})': '{address} (le contact {name})',
  '{address} (the deleted user {name})': '{address} (l’utilisateur supprimé {name})',
  '{address} (the deleted group {name})': '{address} (le groupe supprimé {name})',
  'the app may not look at this in the tenant: {list}; grant it (sh infra/grant-graph.sh OBJECT_ID tenant), or look there by hand before the evening':
    'l’application n’a pas le droit de lire ceci dans le locataire : {list} ; accordez-le-lui (sh infra/grant-graph.sh OBJECT_ID tenant), ou regardez-y à la main avant la soirée',
  'this could not be looked at in the tenant: {list} ({code}). {said}':
    'ceci n’a pas pu être regardé dans le locataire : {list} ({code}). {said}',
  'It is looked at again within the hour, or by POST …/inventory.':
    'Un nouvel essai a lieu dans l’heure, ou par POST …/inventory.',
  domains: 'domaines',
  licences: 'licences',
  users: 'utilisateurs',
  groups: 'groupes',
  contacts: 'contacts',
  'deleted users': 'utilisateurs supprimés',
  'deleted groups': 'groupes supprimés',
  'mailboxes that do not fit at the target: {list}; give them more room there (a larger licence, or the quota of the mailbox) or have their owners clear out, then look again (POST …/inventory?again=true): one that gets full is held, and keeps the cutover waiting':
    'boîtes qui ne tiennent pas à la cible : {list} ; donnez-leur plus de place là-bas (une licence plus grande, ou le quota de la boîte) ou faites-les alléger par leurs titulaires, puis relancez l’inventaire (POST …/inventory?again=true) : une boîte pleine est suspendue et fait attendre la bascule',
  'mailboxes that will be more than nine tenths full at the target: {list}; give them more room there (a larger licence, or the quota of the mailbox) or have their owners clear out, or their new mail will soon bounce':
    'boîtes qui seront remplies à plus de neuf dixièmes à la cible : {list} ; donnez-leur plus de place là-bas (une licence plus grande, ou le quota de la boîte) ou faites-les alléger par leurs titulaires, sinon leur nouveau courrier sera bientôt refusé',
  'could not be opened: {list}': 'impossibles à ouvrir : {list}',
  'the old server': 'ancien serveur',
  inventory: 'inventaire',
  'answers-due': 'date limite des réponses',
  confirm: 'confirmation',
  prestage: 'première copie',
  freeze: 'coupure de l’ancien accès',
  provision: 'création des boîtes',
  cutover: 'bascule',
  open: 'ouverture des boîtes',
  close: 'clôture',
}
