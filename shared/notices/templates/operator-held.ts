import type { Template } from './template.ts'

/** What stands still and waits for an operator, with the program's own words on why and what to do. */
export const operatorHeld: Template = {
  for: 'others',
  fr: `
Vague {wave} : {what-waits}

?cutover-missed > La bascule prévue le {at.cutover} n’a pas eu lieu à l’heure dite. Elle ne commencera pas d’elle-même : à vous d’en décider.

| Vague | {wave}
?held | Boîtes en attente | {held}
?held-domains | Domaines en attente | {held-domains}
?elsewhere | Boîtes d’autres vagues, absentes de la cible | {elsewhere}
?not-led | Boîtes dont le courrier n’est pas dirigé vers le nouveau côté | {not-led}
?not-led-back | Boîtes dont le courrier n’a pas encore été vu revenir à l’ancien serveur | {not-led-back}
| Boîtes terminées | {completed}
| Boîtes de la vague | {mailboxes}

{{held}}

?not-led ## Courrier encore à diriger
?not-led {{not-led}}

## Que faire
?elsewhere 1. La bascule d’un domaine vaut pour toutes ses boîtes : le courrier de celles d’autres vagues qui n’existent pas encore à la cible serait refusé. Attendez qu’elles existent, ou faites en sorte que le nouveau côté transmette leur courrier à l’ancien serveur.
?elsewhere 2. Pour basculer ensuite : action « Approuver » du tableau de bord, « La bascule », ou POST /api/waves/{wave}/approve.
?cutover-missed 1. Pour basculer maintenant : action « Approuver » du tableau de bord, « La bascule », ou POST /api/waves/{wave}/approve.
?cutover-missed 2. Pour un autre jour : action « Changer de jour », ou POST /api/waves/{wave}/reschedule.
?held-domains 1. Corrigez les enregistrements de chaque domaine en attente : le tableau de bord, ou GET /api/waves/{wave}, dit ce qui ne va pas et quoi faire. Puis « Réessayer », ou POST /api/waves/{wave}/retry.
?held-domains ?before-cutover 2. Pour laisser passer les autres domaines : action « Approuver », « La bascule », en nommant les domaines en attente, ou POST /api/waves/{wave}/approve avec "step": "cutover" et "without": la liste de ces domaines. Ils basculeront quand vous le direz.
?left-behind 2. Un domaine laissé de côté bascule quand vous le dites : action « Approuver », « La bascule », ou POST /api/waves/{wave}/approve. Dit avant qu’il soit prêt, cela vaut dès qu’il l’est.
?held 1. Remédiez à la cause, comme indiqué ci-dessus.
?held 2. Relancez les boîtes : action « Réessayer » du tableau de bord, ou POST /api/waves/{wave}/retry.
?held 3. Si une boîte ne doit plus être migrée, annulez-la : la vague ne l’attend plus.
?not-led 1. Demandez à qui gère l’ancienne messagerie de diriger le courrier des boîtes ci-dessus : GET /api/waves/{wave}/routing.csv (ou routing.map) est la liste à lui remettre.
?not-led 2. Ensuite « Réessayer », ou POST /api/waves/{wave}/retry : une lettre est aussitôt envoyée à chaque boîte, et son arrivée du nouveau côté fait foi.
?not-led 3. Si une boîte ne doit plus être migrée, annulez-la.
?not-led-back 1. Demandez à qui gère l’ancienne messagerie de rediriger vers l’ancien serveur le courrier des boîtes dont le retour n’a pas été vu : GET /api/waves/{wave}/routing.json en est la liste.
?not-led-back 2. Ensuite « Réessayer », ou POST /api/waves/{wave}/retry : une lettre est aussitôt envoyée à chaque boîte, et son arrivée à l’ancien serveur fait foi. Ce qui est arrivé du nouveau côté y reste.
!held !held-domains !cutover-missed !elsewhere !not-led !not-led-back 1. Plus aucune boîte n’attend : il n’y a plus rien à faire.

Rien n’est perdu : chaque boîte reprend là où elle s’est arrêtée.
?link.status [Ouvrir le tableau de bord](link.status)
`,
  nl: `
Golf {wave}: {what-waits}

?cutover-missed > De omschakeling van {at.cutover} heeft niet plaatsgevonden op het geplande uur. Ze begint niet vanzelf: u beslist.

| Golf | {wave}
?held | Wachtende mailboxen | {held}
?held-domains | Wachtende domeinen | {held-domains}
?elsewhere | Mailboxen van andere golven, niet op het doel | {elsewhere}
?not-led | Mailboxen waarvan de post niet naar de nieuwe kant wordt geleid | {not-led}
?not-led-back | Mailboxen waarvan de post nog niet weer op de oude server is gezien | {not-led-back}
| Afgewerkte mailboxen | {completed}
| Mailboxen van de golf | {mailboxes}

{{held}}

?not-led ## Post die nog moet worden geleid
?not-led {{not-led}}

## Wat te doen
?elsewhere 1. De omschakeling van een domein geldt voor al zijn mailboxen: post voor die van andere golven die nog niet op het doel bestaan, zou worden geweigerd. Wacht tot ze bestaan, of laat de nieuwe kant hun post doorgeven aan de oude server.
?elsewhere 2. Daarna omschakelen: actie “Goedkeuren” op het dashboard, “De omschakeling”, of POST /api/waves/{wave}/approve.
?cutover-missed 1. Nu omschakelen: actie “Goedkeuren” op het dashboard, “De omschakeling”, of POST /api/waves/{wave}/approve.
?cutover-missed 2. Een andere dag: actie “Dag verplaatsen”, of POST /api/waves/{wave}/reschedule.
?held-domains 1. Herstel de records van elk wachtend domein: het dashboard, of GET /api/waves/{wave}, zegt wat er mis is en wat u moet doen. Daarna “Opnieuw proberen”, of POST /api/waves/{wave}/retry.
?held-domains ?before-cutover 2. Om de andere domeinen te laten gaan: actie “Goedkeuren”, “De omschakeling”, met de namen van de wachtende domeinen, of POST /api/waves/{wave}/approve met "step": "cutover" en "without": de lijst van die domeinen. Ze gaan over wanneer u het zegt.
?left-behind 2. Een achtergelaten domein gaat over wanneer u het zegt: actie “Goedkeuren”, “De omschakeling”, of POST /api/waves/{wave}/approve. Zegt u het voordat het klaar is, dan geldt het zodra het klaar is.
?held 1. Neem de oorzaak weg, zoals hierboven staat.
?held 2. Start de mailboxen opnieuw: actie “Opnieuw proberen” op het dashboard, of POST /api/waves/{wave}/retry.
?held 3. Moet een mailbox niet meer worden gemigreerd, annuleer dan de migratie ervan: de golf wacht er niet langer op.
?not-led 1. Vraag wie het oude mailsysteem beheert om de post van bovenstaande mailboxen te leiden: GET /api/waves/{wave}/routing.csv (of routing.map) is de lijst die u hem bezorgt.
?not-led 2. Daarna “Opnieuw proberen”, of POST /api/waves/{wave}/retry: elke mailbox krijgt meteen een brief, en de aankomst aan de nieuwe kant is het bewijs.
?not-led 3. Moet een mailbox niet meer worden gemigreerd, annuleer dan de migratie ervan.
?not-led-back 1. Vraag wie het oude mailsysteem beheert om de post die nog niet terug is gezien weer naar de oude server te leiden: GET /api/waves/{wave}/routing.json is de lijst van de mailboxen.
?not-led-back 2. Daarna “Opnieuw proberen”, of POST /api/waves/{wave}/retry: elke mailbox krijgt meteen een brief, en de aankomst op de oude server is het bewijs. Wat aan de nieuwe kant is aangekomen, blijft daar.
!held !held-domains !cutover-missed !elsewhere !not-led !not-led-back 1. Er wacht geen mailbox meer: u hoeft niets meer te doen.

Er gaat niets verloren: elke mailbox gaat verder waar hij is gestopt.
?link.status [Het dashboard openen](link.status)
`,
  de: `
Welle {wave}: {what-waits}

?cutover-missed > Die für {at.cutover} vorgesehene Umstellung hat nicht zur vorgesehenen Zeit stattgefunden. Sie beginnt nicht von selbst: Sie entscheiden.

| Welle | {wave}
?held | Wartende Postfächer | {held}
?held-domains | Wartende Domains | {held-domains}
?elsewhere | Postfächer anderer Wellen, am Ziel nicht vorhanden | {elsewhere}
?not-led | Postfächer, deren Post nicht zur neuen Seite geleitet wird | {not-led}
?not-led-back | Postfächer, deren Post noch nicht wieder auf dem alten Server gesehen wurde | {not-led-back}
| Fertige Postfächer | {completed}
| Postfächer der Welle | {mailboxes}

{{held}}

?not-led ## Post, die noch umzuleiten ist
?not-led {{not-led}}

## Was zu tun ist
?elsewhere 1. Die Umstellung einer Domain gilt für alle ihre Postfächer: Post für die anderer Wellen, die es am Ziel noch nicht gibt, würde abgewiesen. Warten Sie, bis es sie gibt, oder lassen Sie die neue Seite ihre Post an den alten Server weitergeben.
?elsewhere 2. Danach umstellen: Aktion „Genehmigen“ in der Übersicht, „Die Umstellung“, oder POST /api/waves/{wave}/approve.
?cutover-missed 1. Jetzt umstellen: Aktion „Genehmigen“ in der Übersicht, „Die Umstellung“, oder POST /api/waves/{wave}/approve.
?cutover-missed 2. An einem anderen Tag: Aktion „Tag verlegen“, oder POST /api/waves/{wave}/reschedule.
?held-domains 1. Bringen Sie die Einträge jeder wartenden Domain in Ordnung: Die Übersicht, oder GET /api/waves/{wave}, sagt, was nicht stimmt und was zu tun ist. Danach „Erneut versuchen“, oder POST /api/waves/{wave}/retry.
?held-domains ?before-cutover 2. Um die anderen Domains gehen zu lassen: Aktion „Genehmigen“, „Die Umstellung“, mit den Namen der wartenden Domains, oder POST /api/waves/{wave}/approve mit "step": "cutover" und "without": der Liste dieser Domains. Sie werden umgestellt, wenn Sie es sagen.
?left-behind 2. Eine zurückgelassene Domain wird umgestellt, wenn Sie es sagen: Aktion „Genehmigen“, „Die Umstellung“, oder POST /api/waves/{wave}/approve. Sagen Sie es, bevor sie bereit ist, so gilt es, sobald sie es ist.
?held 1. Beheben Sie die Ursache wie oben angegeben.
?held 2. Starten Sie die Postfächer neu: Aktion „Erneut versuchen“ in der Übersicht, oder POST /api/waves/{wave}/retry.
?held 3. Soll ein Postfach nicht mehr umziehen, so brechen Sie seinen Umzug ab: Die Welle wartet dann nicht mehr darauf.
?not-led 1. Bitten Sie, wer das alte Mailsystem betreibt, die Post der oben genannten Postfächer umzuleiten: GET /api/waves/{wave}/routing.csv (oder routing.map) ist die Liste dafür.
?not-led 2. Danach „Erneut versuchen“, oder POST /api/waves/{wave}/retry: Jedem Postfach wird sofort ein Brief geschickt, und seine Ankunft auf der neuen Seite gilt.
?not-led 3. Soll ein Postfach nicht mehr umziehen, so brechen Sie seinen Umzug ab.
?not-led-back 1. Bitten Sie, wer das alte Mailsystem betreibt, die Post, die dort noch nicht wieder gesehen wurde, zum alten Server zurückzuleiten: GET /api/waves/{wave}/routing.json ist die Liste der Postfächer.
?not-led-back 2. Danach „Erneut versuchen“, oder POST /api/waves/{wave}/retry: Jedem Postfach wird sofort ein Brief geschickt, und seine Ankunft auf dem alten Server gilt. Was auf der neuen Seite angekommen ist, bleibt dort.
!held !held-domains !cutover-missed !elsewhere !not-led !not-led-back 1. Es wartet kein Postfach mehr: Es ist nichts mehr zu tun.

Nichts ist verloren: Jedes Postfach macht dort weiter, wo es stehen geblieben ist.
?link.status [Die Übersicht öffnen](link.status)
`,
  en: `
Wave {wave}: {what-waits}

?cutover-missed > The cutover planned for {at.cutover} did not take place at its hour. It will not begin by itself: you decide.

| Wave | {wave}
?held | Mailboxes waiting | {held}
?held-domains | Domains waiting | {held-domains}
?elsewhere | Mailboxes of other waves, not at the target | {elsewhere}
?not-led | Mailboxes whose mail is not led to the new side | {not-led}
?not-led-back | Mailboxes whose mail was not seen at the old server again yet | {not-led-back}
| Mailboxes completed | {completed}
| Mailboxes of the wave | {mailboxes}

{{held}}

?not-led ## Mail still to be led over
?not-led {{not-led}}

## What to do
?elsewhere 1. A domain is switched for all its mailboxes: mail for those of other waves that do not exist at the target yet would bounce. Wait until they do, or have the new side pass their mail on to the old server.
?elsewhere 2. To switch then: “Approve” on the dashboard, “The cutover”, or POST /api/waves/{wave}/approve.
?cutover-missed 1. To cut over now: “Approve” on the dashboard, “The cutover”, or POST /api/waves/{wave}/approve.
?cutover-missed 2. On another day: “Reschedule”, or POST /api/waves/{wave}/reschedule.
?held-domains 1. Correct the records of each domain that waits: the dashboard, or GET /api/waves/{wave}, says what is wrong and what to do. Then “Retry”, or POST /api/waves/{wave}/retry.
?held-domains ?before-cutover 2. To let the other domains go: “Approve”, “The cutover”, with the names of the domains that wait, or POST /api/waves/{wave}/approve with "step": "cutover" and "without": the list of these domains. They are switched when you say so.
?left-behind 2. A domain that was left behind is switched when you say so: “Approve”, “The cutover”, or POST /api/waves/{wave}/approve. Said before it is ready, it counts as soon as it is.
?held 1. Remove the cause, as described above.
?held 2. Start the mailboxes again: “Retry” on the dashboard, or POST /api/waves/{wave}/retry.
?held 3. If a mailbox is no longer to be moved, cancel it: the wave will then no longer wait for it.
?not-led 1. Ask whoever runs the old mail system to lead over the mail of the mailboxes above: GET /api/waves/{wave}/routing.csv (or routing.map) is the list to hand over.
?not-led 2. Then “Retry”, or POST /api/waves/{wave}/retry: each is sent a letter at once, and what arrives at the new side counts.
?not-led 3. If a mailbox is no longer to be moved, cancel it.
?not-led-back 1. Ask whoever runs the old mail system to lead the mail that was not seen there again back to the old server: GET /api/waves/{wave}/routing.json is the list of the mailboxes.
?not-led-back 2. Then “Retry”, or POST /api/waves/{wave}/retry: each is sent a letter at once, and what arrives at the old server counts. What has arrived at the new side stays there.
!held !held-domains !cutover-missed !elsewhere !not-led !not-led-back 1. No mailbox is waiting any more: there is nothing left to do.

Nothing is lost: each mailbox goes on where it stopped.
?link.status [Open the dashboard](link.status)
`,
}
