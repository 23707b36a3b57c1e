import type { Sentences } from './sentences.ts'

/** What to do next, as the server says it, in French. */
export const hints: Sentences = {
  'Nothing to do: it is tried again by itself.': 'Rien à faire : un nouvel essai a lieu tout seul.',
  'It was tried for hours and is tried no more: look why, in the server’s own log too, then retry (POST …/retry).':
    'Après des heures d’essais, il n’y en aura plus d’autre : cherchez pourquoi, aussi dans le journal du serveur, puis réessayez.',
  'Check the login and the secret that the playbook names, and that the mailbox exists on this server; then release the mailbox.':
    'Vérifiez l’identifiant et le secret nommés dans le scénario, et que la boîte existe sur ce serveur ; puis reprenez la boîte.',
  'The account signs in but may not act for this mailbox: grant it master-user, proxy or FullAccess rights, then release the mailbox.':
    'Le compte se connecte, mais n’a pas le droit d’agir pour cette boîte : donnez-lui ce droit (master-user, proxy ou FullAccess), puis reprenez la boîte.',
  'The password has expired: renew it, store it under the same secret name, then release the mailbox.':
    'Le mot de passe a expiré : renouvelez-le, enregistrez-le sous le même nom de secret, puis reprenez la boîte.',
  'The server wants TLS: set `tls: starttls` or `tls: implicit` in the playbook.':
    'Le serveur exige TLS : mettez `tls: starttls` ou `tls: implicit` dans le scénario.',
  'Have AUTH=PLAIN switched on at this server, or choose `master-user` or `passwords` in the playbook (`auth.kind`); then release the mailbox.':
    'Faites activer AUTH=PLAIN sur ce serveur, ou choisissez `master-user` ou `passwords` dans le scénario (`auth.kind`) ; puis reprenez la boîte.',
  'Store the secret again without a line end (many tools append one), then release the mailbox.':
    'Enregistrez de nouveau le secret, sans retour à la ligne (beaucoup d’outils en ajoutent un), puis reprenez la boîte.',
  'The server asks for its administrator: call them, then release the mailbox.':
    'Le serveur renvoie à son administrateur : appelez-le, puis reprenez la boîte.',
  'Give the migration account rights on this folder (ACL), then release the mailbox.':
    'Donnez au compte de migration les droits sur ce dossier (ACL), puis reprenez la boîte.',
  'The target mailbox is full: raise its quota or its licence, then release the mailbox.':
    'La boîte cible est pleine : augmentez son quota ou sa licence, puis reprenez la boîte.',
  'The server will never do this: map the folder to another name in the playbook (`copy.folders.map`).':
    'Le serveur ne le fera jamais : donnez un autre nom à ce dossier dans le scénario (`copy.folders.map`).',
  'Without it nobody can say of a message that it was copied: have the folder’s index rebuilt at the old server, or leave the folder out (`copy.folders.exclude`); then release the mailbox.':
    'Sans lui, personne ne peut dire d’un message qu’il a été copié : faites reconstruire l’index du dossier sur l’ancien serveur, ou laissez ce dossier de côté (`copy.folders.exclude`) ; puis reprenez la boîte.',
  'The folder was numbered anew while it was worked on; the next pass looks at all of it again.':
    'Le dossier a été renuméroté pendant la copie ; le prochain passage le relit en entier.',
  'If it lasts, have the folder’s index rebuilt at the old server, or leave the folder out (`copy.folders.exclude`).':
    'Si cela dure, faites reconstruire l’index du dossier sur l’ancien serveur, ou laissez ce dossier de côté (`copy.folders.exclude`).',
  'The folder has gone since it was listed; the next pass lists again.':
    'Le dossier a disparu depuis qu’il a été listé ; le prochain passage relit la liste.',
  'The folder has gone since it was listed; the next pass lists again and makes it.':
    'Le dossier a disparu depuis qu’il a été listé ; le prochain passage relit la liste et le crée.',
  'The target folder has gone since it was made; the next pass makes it again.':
    'Le dossier cible a disparu depuis sa création ; le prochain passage le recrée.',
  'The folder was made anew; the next pass looks for everything again.':
    'Le dossier a été recréé ; le prochain passage y cherche tout de nouveau.',
  'If it lasts, see whether the mailbox is full: Exchange says it in these words too.':
    'Si cela dure, regardez si la boîte est pleine : Exchange le dit aussi en ces termes.',
  'The server limits connections or rate; lower `connections` in the playbook if this lasts.':
    'Le serveur limite les connexions ou le débit ; si cela dure, diminuez `connections` dans le scénario.',
  'The server reports a corrupt mailbox: have it repaired there, then release the mailbox.':
    'Le serveur signale une boîte endommagée : faites-la réparer là-bas, puis reprenez-la.',
  'The server asked us to slow down; we come back when it said.':
    'Le serveur a demandé de ralentir ; la copie reprend quand il l’a dit.',
  'Nothing listens there.': 'Aucun service ne répond à cette adresse.',
  'The host name does not resolve.': 'Ce nom de serveur est introuvable dans le DNS.',
  'The host is unreachable.': 'Le serveur est inaccessible.',
  'No answer in time.': 'Pas de réponse à temps.',
  'Check host, port and firewall in the playbook; it is tried again by itself.':
    'Vérifiez le serveur et le port dans le scénario, et le pare-feu ; un nouvel essai a lieu tout seul.',
  'Check host, port and firewall in the playbook.': 'Vérifiez le serveur et le port dans le scénario, et le pare-feu.',
  'The server’s TLS certificate has expired: have it renewed, then release the mailbox.':
    'Le certificat TLS du serveur a expiré : faites-le renouveler, puis reprenez la boîte.',
  'The server’s TLS certificate is self-signed: give the app its authority by NODE_EXTRA_CA_CERTS, then release the mailbox.':
    'Le certificat TLS du serveur est autosigné : indiquez son autorité à l’application par NODE_EXTRA_CA_CERTS, puis reprenez la boîte.',
  'The server’s TLS certificate has an unknown issuer: give the app its authority by NODE_EXTRA_CA_CERTS, then release the mailbox.':
    'L’émetteur du certificat TLS du serveur est inconnu : indiquez son autorité à l’application par NODE_EXTRA_CA_CERTS, puis reprenez la boîte.',
  'The server’s TLS certificate is for another name: use that name as `host` in the playbook.':
    'Le certificat TLS du serveur porte un autre nom : mettez ce nom comme `host` dans le scénario.',
  'The server and we have no version or cipher of TLS in common.':
    'Le serveur et Relève n’ont aucune version ni aucun chiffrement TLS en commun.',
  'Check `port` and `tls` in the playbook; an old server that has nothing newer than TLS 1.0 or 1.1 is read with `source.imap.oldTls: true`.':
    'Vérifiez `port` et `tls` dans le scénario ; un ancien serveur qui ne connaît que TLS 1.0 ou 1.1 se lit avec `source.imap.oldTls: true`.',
  'Then release the mailbox.': 'Reprenez ensuite la boîte.',
  'It is tried again by itself; look at the server’s own log if it lasts.':
    'Un nouvel essai a lieu tout seul ; si cela dure, regardez le journal du serveur.',
  'look at the server’s own log if it lasts.': 'Si cela dure, regardez le journal du serveur.',
  'It goes on by itself.': 'La copie continue toute seule.',
  'It is tried again by itself.': 'Un nouvel essai a lieu tout seul.',
  'Nothing to do: it goes on when one is free.': 'Rien à faire : la copie continue dès qu’une connexion se libère.',
  'Raise `connections` in the playbook if the server can take more.':
    'Augmentez `connections` dans le scénario si le serveur en supporte davantage.',
  'Nothing to do: the work goes on by itself.': 'Rien à faire : le travail continue tout seul.',
  'If it lasts for hours, look at the Microsoft 365 service health page.':
    'Si cela dure des heures, consultez la page d’état des services Microsoft 365.',
  'Grant the application permission {permission} to the app (admin consent), or for sending mail assign its role in Exchange; then retry.':
    'Accordez à l’application l’autorisation {permission} (consentement de l’administrateur) ou, pour l’envoi de courrier, attribuez-lui son rôle dans Exchange ; puis réessayez.',
  'A new grant shows only in a new token: an hour, up to a day for a managed identity.':
    'Une nouvelle autorisation n’agit qu’avec un nouveau jeton : après une heure, jusqu’à un jour pour une identité managée.',
  'This account has no mailbox in Exchange Online yet: give it a licence with an Exchange plan, wait for the mailbox, then retry.':
    'Ce compte n’a pas encore de boîte dans Exchange Online : donnez-lui une licence avec un plan Exchange, attendez la boîte, puis réessayez.',
  'Another user, group or contact has this address: find it in the Entra admin centre, rename or remove it, then retry.':
    'Un autre utilisateur, groupe ou contact a déjà cette adresse : cherchez-le dans le centre d’administration Entra, renommez-le ou supprimez-le, puis réessayez.',
  "Add and verify the address's domain in the tenant (Microsoft 365 admin centre, Domains), then retry.":
    'Ajoutez et vérifiez le domaine de cette adresse dans le locataire (centre d’administration Microsoft 365, Domaines), puis réessayez.',
  'Give the account a usage location (two-letter country) where this licence may be used, then retry.':
    'Indiquez pour le compte un lieu d’utilisation (code de pays à deux lettres) où cette licence est permise, puis réessayez.',
  'No licence of this kind is free: buy seats or take one back from an unused account, then retry.':
    'Aucune licence de ce type n’est libre : achetez-en ou reprenez celle d’un compte inutilisé, puis réessayez.',
  'The account already has a licence with another Exchange plan: remove that one, or keep it and leave the licence out here.':
    'Le compte a déjà une licence avec un autre plan Exchange : retirez-la, ou gardez-la et n’en demandez pas ici.',
  'Graph does not know this object: check the address or the id, and that it is in this tenant, then retry.':
    'Microsoft 365 ne connaît pas cet objet : vérifiez l’adresse ou l’identifiant, et qu’il est bien dans ce locataire, puis réessayez.',
  'Graph refuses this request as it stands: read its text, correct the row or the playbook, then retry.':
    'Microsoft 365 refuse cette demande telle quelle : lisez sa réponse, corrigez la ligne ou le scénario, puis réessayez.',
  'Run the script of the wave, GET /api/waves/{wave}/exchange.ps1, in Exchange Online PowerShell; then retry.':
    'Exécutez le script de la vague, GET /api/waves/{wave}/exchange.ps1, dans Exchange Online PowerShell ; puis réessayez.',
  'See in the Exchange admin centre what is there, mend it, then retry.':
    'Regardez dans le centre d’administration Exchange ce qui s’y trouve, corrigez-le, puis réessayez.',
  'Take the address from that mailbox in the Exchange admin centre; then retry.':
    'Retirez l’adresse de cette boîte dans le centre d’administration Exchange ; puis réessayez.',
  'Run New-ServicePrincipal once (docs/deploying.md, Exchange Online), then retry.':
    'Exécutez une fois New-ServicePrincipal (docs/deploying.md, Exchange Online), puis réessayez.',
  'See in the Exchange admin centre whether it is a shared mailbox at all; then retry.':
    'Regardez dans le centre d’administration Exchange si c’est bien une boîte partagée ; puis réessayez.',
  'Take it from that mailbox in the Exchange admin centre and run the script of the wave (exchange.ps1) again; then retry.':
    'Retirez-la de cette boîte dans le centre d’administration Exchange et exécutez de nouveau le script de la vague (exchange.ps1) ; puis réessayez.',
  'Find the group, contact, shared mailbox or alias that has this address, rename or remove it, then retry.':
    'Cherchez le groupe, le contact, la boîte partagée ou l’alias qui a cette adresse, renommez-le ou supprimez-le, puis réessayez.',
  'Switch Exchange Online on in this licence of the account (admin centre, Licences and apps), then retry.':
    'Activez Exchange Online dans cette licence du compte (centre d’administration, Licences et applications), puis réessayez.',
  'Give the row (or the playbook) a usage location, the two-letter country of the user, then retry.':
    'Indiquez dans la ligne (ou dans le scénario) un lieu d’utilisation, le code de pays à deux lettres de la personne, puis réessayez.',
  'Remove the guest, or move its mail to another address; then retry.':
    'Supprimez ce compte invité, ou destinez son courrier à une autre adresse ; puis réessayez.',
  'Give the row a licence, or assign one (also by group) in the admin centre, then retry.':
    'Donnez une licence à cette ligne, ou attribuez-en une (aussi par groupe) dans le centre d’administration, puis réessayez.',
  'See whether its mailbox is still on-premises (hybrid), else open a case with Microsoft with this address; then retry.':
    'Regardez si sa boîte est encore sur site (hybride), sinon ouvrez un ticket chez Microsoft avec cette adresse ; puis réessayez.',
  'Name one the tenant has ({licences}), then retry.': 'Nommez-en une que le locataire possède ({licences}), puis réessayez.',
  'Choose a licence that holds an Exchange Online plan, switched on, then retry.':
    'Choisissez une licence avec un plan Exchange Online activé, puis réessayez.',
  'Renew the subscription (Billing, Your products), then retry.':
    'Renouvelez l’abonnement (Facturation, Vos produits), puis réessayez.',
  'Buy seats or take one back from an unused account, then retry.':
    'Achetez des licences ou reprenez celle d’un compte inutilisé, puis réessayez.',
  'Take it from that list in the Exchange admin centre and run the script of the wave (exchange.ps1) again; then retry.':
    'Retirez-la de cette liste dans le centre d’administration Exchange et exécutez de nouveau le script de la vague (exchange.ps1) ; puis réessayez.',
  'Take the address from that mailbox in the Exchange admin centre, or cancel the list; run the script of the wave (exchange.ps1), then retry.':
    'Retirez l’adresse de cette boîte dans le centre d’administration Exchange, ou annulez la liste ; exécutez le script de la vague (exchange.ps1), puis réessayez.',
  "Use only A-Z a-z 0-9 ' . - _ ! # ^ ~ before the @ (no accents, no dot at an end or doubled, 64 at most); correct the row, then retry.":
    "N’utilisez devant le @ que A-Z a-z 0-9 ' . - _ ! # ^ ~ (sans accents, sans point au bout ni doublé, 64 au plus) ; corrigez la ligne, puis réessayez.",
  'Verify {domain} and switch Exchange on for it (Microsoft 365 admin centre, Domains, Manage DNS), then retry.':
    'Vérifiez {domain} et activez Exchange pour ce domaine (centre d’administration Microsoft 365, Domaines, Gérer le DNS), puis réessayez.',
  'Enable mail for the domain in Microsoft 365, or name the mail exchangers in the playbook (`routing.mx`); then release.':
    'Activez le courrier pour ce domaine dans Microsoft 365, ou nommez les serveurs de courrier dans le scénario (`routing.mx`) ; puis reprenez.',
  'Somebody else changed these records since they were read.':
    'Quelqu’un d’autre a modifié ces enregistrements depuis leur lecture.',
  'Put back what stood before, or what is wanted, then release the domain’s wave.':
    'Remettez ce qui s’y trouvait avant, ou ce qui est voulu, puis reprenez la vague de ce domaine.',
  'No zone answers for {domain}: check the spelling, and that the domain is registered and delegated.':
    'Aucune zone ne répond pour {domain} : vérifiez l’orthographe, et que le domaine est enregistré et délégué.',
  'Name at least one resolver, or the authoritative servers in the playbook (`nameservers`).':
    'Nommez au moins un résolveur, ou les serveurs faisant autorité dans le scénario (`nameservers`).',
  '{server} does not answer for {name}: see its log, or name another server.':
    '{server} ne répond pas pour {name} : regardez son journal, ou nommez un autre serveur.',
  'If it stays, correct the address of {host}, or take it out of the delegation: senders do not find it either.':
    'Si cela reste ainsi, corrigez l’adresse de {host} ou retirez-le de la délégation : les expéditeurs ne le trouvent pas non plus.',
  'Nothing to do: the DNS host limits its requests, and it is tried again by itself.':
    'Rien à faire : l’hébergeur DNS limite les demandes, et un nouvel essai a lieu tout seul.',
  '{host} does not let us do this: check {key}, and that it serves this zone; then retry.':
    '{host} ne le permet pas : vérifiez {key}, et que cette zone s’y trouve ; puis réessayez.',
  '{host} does not take this change: see what it says, change the record by hand if need be, then retry.':
    '{host} n’accepte pas cette modification : lisez sa réponse, modifiez au besoin l’enregistrement à la main, puis réessayez.',
  'Set the environment variable {secret} for the app, or name another secret in the playbook.':
    'Définissez la variable d’environnement {secret} pour l’application, ou nommez un autre secret dans le scénario.',
  'Put a secret named {secret} into the Key Vault, then release what is held.':
    'Mettez un secret nommé {secret} dans le Key Vault, puis reprenez ce qui est suspendu.',
  'Check that the Key Vault can be reached; it is tried again by itself.':
    'Vérifiez que le Key Vault est joignable ; un nouvel essai a lieu tout seul.',
  'Check that the Key Vault can be reached.': 'Vérifiez que le Key Vault est joignable.',
  'The program failed on this several times: its log has the error.':
    'Le programme y a échoué plusieurs fois : l’erreur se trouve dans son journal.',
  'Report it, then retry the wave.': 'Signalez-la, puis réessayez la vague.',
  'If this lasts, look why the host ends (memory, restarts).':
    'Si cela dure, cherchez pourquoi l’hôte s’arrête (mémoire, redémarrages).',
  'This is a fault of the program.': 'C’est une erreur du programme.',
  'It is tried a few times more, then held; the log has the whole error.':
    'Il y aura encore quelques essais, puis une suspension ; l’erreur complète se trouve dans le journal.',
  'The addresses are looked at by the calendar’s step `inventory`: it goes on by itself once that is done.':
    'Les adresses sont examinées à l’étape `inventory` du calendrier : la suite vient toute seule après elle.',
  'Correct the notice in the playbook, then release the wave: it is said with the newest version.':
    'Corrigez l’avis dans le scénario, puis reprenez la vague : il part avec la version la plus récente.',
  'Look whether the address is right and its mailbox takes mail, and tell its reader by another way meanwhile; then release the wave, which sends the notice again, or leave it.':
    'Vérifiez que l’adresse est juste et que sa boîte reçoit du courrier, et prévenez entre-temps la personne par un autre moyen ; puis reprenez la vague, ce qui renvoie l’avis, ou laissez-le ainsi.',
  'Look at what the mail server says: sign-in, sender or recipient; then release the notice.':
    'Regardez ce que dit le serveur de courrier : connexion, expéditeur ou destinataire ; puis reprenez l’avis.',
  'Look at the target mailbox’s limits, then release the notice.':
    'Regardez les limites de la boîte cible, puis reprenez l’avis.',
  'Fill in `channels` in the playbook for this channel; append and source-append reach only owners of a mailbox of the wave.':
    'Complétez `channels` dans le scénario pour ce canal ; append et source-append n’atteignent que les titulaires d’une boîte de la vague.',
  'Then release the notice.': 'Reprenez ensuite l’avis.',
  'That wave was opened again and has this mailbox.': 'Cette vague a été rouverte et contient cette boîte.',
  'Wait until it has ended, or cancel the mailbox there; then retry.':
    'Attendez qu’elle soit terminée, ou annulez-y la boîte ; puis réessayez.',
  'The playbook promises that addresses do not change.': 'Le scénario promet que les adresses ne changent pas.',
  'Make {address} the primary SMTP address and the sign-in name of this mailbox at the target (Exchange admin centre, Email addresses; Entra admin centre, User principal name), then release.':
    'Faites de {address} l’adresse SMTP principale et le nom de connexion de cette boîte à la cible (centre d’administration Exchange, Adresses e-mail ; centre d’administration Entra, Nom d’utilisateur principal), puis reprenez.',
  'If it is to change: addresses: free.': 'Si elle doit changer : addresses: free.',
  'Run the script of GET /api/waves/{wave}/exchange.ps1 and read what it says; members of a list that it did not make are taken away by hand.':
    'Exécutez le script de GET /api/waves/{wave}/exchange.ps1 et lisez ce qu’il dit ; les membres d’une liste qu’il n’a pas créée se retirent à la main.',
  'Then retry.': 'Réessayez ensuite.',
  'Give that group another address and take this one from it (Set-UnifiedGroup, or the Exchange admin centre), run the script of the wave (exchange.ps1), then retry; or cancel the list and go on using the group.':
    'Donnez à ce groupe une autre adresse et retirez-lui celle-ci (Set-UnifiedGroup, ou le centre d’administration Exchange), exécutez le script de la vague (exchange.ps1), puis réessayez ; ou annulez la liste et gardez le groupe.',
  'Grant the app OrgContact.Read.All (contacts) and User.Read.All (people): sh infra/grant-graph.sh OBJECT_ID lists; then retry.':
    'Accordez à l’application OrgContact.Read.All (contacts) et User.Read.All (personnes) : sh infra/grant-graph.sh OBJECT_ID lists ; puis réessayez.',
  'The directory cannot be asked: set AZURE_CLIENT_ID and grant User.Read.All, then release; or take “addresses: unchanged” out of the playbook.':
    'L’annuaire ne peut pas être interrogé : définissez AZURE_CLIENT_ID et accordez User.Read.All, puis reprenez ; ou retirez « addresses: unchanged » du scénario.',
  'Give the app’s identity the role Key Vault Secrets User on the vault (infra/roles.bicep).':
    'Donnez à l’identité de l’application le rôle Key Vault Secrets User sur le coffre (infra/roles.bicep).',
  'it goes on when one is free.': 'la copie continue dès qu’une connexion se libère.',
  'The addresses are looked at by the calendar’s step `inventory`:':
    'Les adresses sont examinées à l’étape `inventory` du calendrier.',
  'Check that the storage account can be reached; work goes on by itself when it can.':
    'Vérifiez que le compte de stockage est joignable ; le travail reprend alors tout seul.',
  'Check the login and the secret of `source.dav.auth`, or else of `source.imap.auth`, at this server.':
    'Vérifiez sur ce serveur l’identifiant et le secret de `source.dav.auth`, ou sinon de `source.imap.auth`.',
  'Give this login the right to read this person’s calendars and address books.':
    'Donnez à cet identifiant le droit de lire les agendas et les carnets d’adresses de cette personne.',
  'Has this person ever had a calendar here? If so, check `source.dav.url`.':
    'Cette personne a-t-elle jamais eu un agenda ici ? Si oui, vérifiez `source.dav.url`.',
  'What answers there is no CalDAV server.': 'Ce qui répond là n’est pas un serveur CalDAV.',
  'Check `source.dav.url`.': 'Vérifiez `source.dav.url`.',
  'The login is not taken to another host.': 'L’identifiant n’est pas transmis à un autre hôte.',
  'If it is yours, name it in `source.dav.url`.': 'Si celui-ci est à vous, indiquez-le dans `source.dav.url`.',
  'The server names no home of calendars and address books.':
    'Le serveur n’indique aucun emplacement d’agendas ni de carnets d’adresses.',
  'Give the address of each person’s in `source.dav.url`.': 'Donnez l’adresse de celui de chaque personne dans `source.dav.url`.',
  'Look at this entry at the old server, and at what is attached to it.':
    'Regardez cet élément sur l’ancien serveur, et ce qui y est joint.',
  'Have the TLS certificate of this server renewed.': 'Faites renouveler le certificat TLS de ce serveur.',
  'Give the app the authority that signed the certificate of this server by NODE_EXTRA_CA_CERTS.':
    'Indiquez à l’application, par NODE_EXTRA_CA_CERTS, l’autorité qui a signé le certificat de ce serveur.',
  'The TLS certificate of this server is for another name.': 'Le certificat TLS de ce serveur est au nom d’un autre.',
  'Use that one in `source.dav.url`.': 'Utilisez ce nom dans `source.dav.url`.',
  'The server refuses this request.': 'Le serveur refuse cette demande.',
  'Look into its log, and check `source.dav.url`.': 'Consultez son journal et vérifiez `source.dav.url`.',
  'Then retry the mailbox (POST …/retry).': 'Puis réessayez la boîte (POST …/retry).',
  'Then look again (POST …/inventory).': 'Puis relancez l’inventaire (POST …/inventory).',
  'Look into the log of the server that does not answer.': 'Consultez le journal du serveur qui ne répond pas.',
  'It is tried again when late mail is looked for, and by a retry of the mailbox (POST …/retry).':
    'Un nouvel essai a lieu avec le courrier tardif, et quand la boîte est réessayée (POST …/retry).',
  'See in the admin centre who uses it; take its licence back there.':
    'Voyez dans le centre d’administration qui l’utilise ; reprenez-y sa licence.',
  'Take the account out of that group in the admin centre, if it is to lose the licence.':
    'Retirez le compte de ce groupe dans le centre d’administration, s’il doit perdre la licence.',
}
