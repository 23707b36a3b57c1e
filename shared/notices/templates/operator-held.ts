import type { Template } from './template.ts'

/** What stands still and waits for an operator, with the program's own words on why and what to do. */
export const operatorHeld: Template = {
  for: 'others',
  fr: `
Vague {wave} : intervention nécessaire

?cutover-missed > La bascule prévue le {at.cutover} n’a pas eu lieu à l’heure dite. Elle ne commencera pas d’elle-même : à vous d’en décider.

| Vague | {wave}
?held | Boîtes en attente | {held}
?held-domains | Domaines en attente | {held-domains}
| Boîtes terminées | {completed}
| Boîtes de la vague | {mailboxes}

{{held}}

## Que faire
?cutover-missed 1. Pour basculer maintenant : action « Approuver » du tableau de bord, « La bascule », ou POST /api/waves/{wave}/approve.
?cutover-missed 2. Pour un autre jour : action « Changer de jour », ou POST /api/waves/{wave}/reschedule.
?held-domains 1. Corrigez les enregistrements de chaque domaine en attente : le tableau de bord, ou GET /api/waves/{wave}, dit ce qui ne va pas et quoi faire. Puis « Réessayer », ou POST /api/waves/{wave}/retry.
?held 1. Remédiez à la cause, comme indiqué ci-dessus.
?held 2. Relancez les boîtes : action « Réessayer » du tableau de bord, ou POST /api/waves/{wave}/retry.
?held 3. Si une boîte ne doit plus être migrée, annulez-la : la vague ne l’attend plus.
!held !held-domains !cutover-missed 1. Plus aucune boîte n’attend : il n’y a plus rien à faire.

Rien n’est perdu : chaque boîte reprend là où elle s’est arrêtée.
?link.status [Ouvrir le tableau de bord](link.status)
`,
  nl: `
Golf {wave}: ingreep nodig

?cutover-missed > De omschakeling van {at.cutover} heeft niet plaatsgevonden op het geplande uur. Ze begint niet vanzelf: u beslist.

| Golf | {wave}
?held | Wachtende mailboxen | {held}
?held-domains | Wachtende domeinen | {held-domains}
| Afgewerkte mailboxen | {completed}
| Mailboxen van de golf | {mailboxes}

{{held}}

## Wat te doen
?cutover-missed 1. Nu omschakelen: actie “Goedkeuren” op het dashboard, “De omschakeling”, of POST /api/waves/{wave}/approve.
?cutover-missed 2. Een andere dag: actie “Dag verplaatsen”, of POST /api/waves/{wave}/reschedule.
?held-domains 1. Herstel de records van elk wachtend domein: het dashboard, of GET /api/waves/{wave}, zegt wat er mis is en wat u moet doen. Daarna “Opnieuw proberen”, of POST /api/waves/{wave}/retry.
?held 1. Neem de oorzaak weg, zoals hierboven staat.
?held 2. Start de mailboxen opnieuw: actie “Opnieuw proberen” op het dashboard, of POST /api/waves/{wave}/retry.
?held 3. Moet een mailbox niet meer worden gemigreerd, annuleer dan de migratie ervan: de golf wacht er niet langer op.
!held !held-domains !cutover-missed 1. Er wacht geen mailbox meer: u hoeft niets meer te doen.

Er gaat niets verloren: elke mailbox gaat verder waar hij is gestopt.
?link.status [Het dashboard openen](link.status)
`,
  de: `
Welle {wave}: Eingriff nötig

?cutover-missed > Die für {at.cutover} vorgesehene Umstellung hat nicht zur vorgesehenen Zeit stattgefunden. Sie beginnt nicht von selbst: Sie entscheiden.

| Welle | {wave}
?held | Wartende Postfächer | {held}
?held-domains | Wartende Domains | {held-domains}
| Fertige Postfächer | {completed}
| Postfächer der Welle | {mailboxes}

{{held}}

## Was zu tun ist
?cutover-missed 1. Jetzt umstellen: Aktion „Genehmigen“ in der Übersicht, „Die Umstellung“, oder POST /api/waves/{wave}/approve.
?cutover-missed 2. An einem anderen Tag: Aktion „Tag verlegen“, oder POST /api/waves/{wave}/reschedule.
?held-domains 1. Bringen Sie die Einträge jeder wartenden Domain in Ordnung: Die Übersicht, oder GET /api/waves/{wave}, sagt, was nicht stimmt und was zu tun ist. Danach „Erneut versuchen“, oder POST /api/waves/{wave}/retry.
?held 1. Beheben Sie die Ursache wie oben angegeben.
?held 2. Starten Sie die Postfächer neu: Aktion „Erneut versuchen“ in der Übersicht, oder POST /api/waves/{wave}/retry.
?held 3. Soll ein Postfach nicht mehr umziehen, so brechen Sie seinen Umzug ab: Die Welle wartet dann nicht mehr darauf.
!held !held-domains !cutover-missed 1. Es wartet kein Postfach mehr: Es ist nichts mehr zu tun.

Nichts ist verloren: Jedes Postfach macht dort weiter, wo es stehen geblieben ist.
?link.status [Die Übersicht öffnen](link.status)
`,
  en: `
Wave {wave}: an operator is needed

?cutover-missed > The cutover planned for {at.cutover} did not take place at its hour. It will not begin by itself: you decide.

| Wave | {wave}
?held | Mailboxes waiting | {held}
?held-domains | Domains waiting | {held-domains}
| Mailboxes completed | {completed}
| Mailboxes of the wave | {mailboxes}

{{held}}

## What to do
?cutover-missed 1. To cut over now: “Approve” on the dashboard, “The cutover”, or POST /api/waves/{wave}/approve.
?cutover-missed 2. On another day: “Reschedule”, or POST /api/waves/{wave}/reschedule.
?held-domains 1. Correct the records of each domain that waits: the dashboard, or GET /api/waves/{wave}, says what is wrong and what to do. Then “Retry”, or POST /api/waves/{wave}/retry.
?held 1. Remove the cause, as described above.
?held 2. Start the mailboxes again: “Retry” on the dashboard, or POST /api/waves/{wave}/retry.
?held 3. If a mailbox is no longer to be moved, cancel it: the wave will then no longer wait for it.
!held !held-domains !cutover-missed 1. No mailbox is waiting any more: there is nothing left to do.

Nothing is lost: each mailbox goes on where it stopped.
?link.status [Open the dashboard](link.status)
`,
}
