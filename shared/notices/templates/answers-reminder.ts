import type { Template } from './template.ts'

/** A5: the workbook has not come back yet, and its last day is near. */
export const answersReminder: Template = {
  for: 'others',
  fr: `
Rappel : votre classeur d’adresses est attendu

Nous n’avons pas encore reçu votre classeur complété. Nous en avons besoin pour préparer votre migration du {day}.

| À renvoyer au plus tard le | {at.answers-due}
?open-answers | Classeurs encore attendus | {open-answers}

?link.page [Déposer le classeur complété](link.page)
!link.page ?link.answers [Déposer le classeur complété](link.answers)
!link.page !link.answers Renvoyez-le en réponse à ce message.

Si vous l’avez envoyé entre-temps, vous n’avez plus rien à faire. Si vous avez une question, écrivez-nous : nous pouvons le compléter avec vous.

> Sans réponse à temps, votre migration passe à la date suivante.
`,
  nl: `
Herinnering: wij verwachten uw werkmap met adressen

Wij hebben uw ingevulde werkmap nog niet ontvangen. Wij hebben ze nodig om uw migratie van {day} voor te bereiden.

| Terug te sturen uiterlijk op | {at.answers-due}
?open-answers | Werkmappen die nog ontbreken | {open-answers}

?link.page [De ingevulde werkmap indienen](link.page)
!link.page ?link.answers [De ingevulde werkmap indienen](link.answers)
!link.page !link.answers Stuur ze terug als antwoord op dit bericht.

Hebt u ze intussen verstuurd, dan hoeft u niets meer te doen. Hebt u een vraag, schrijf ons dan: wij kunnen de werkmap samen met u invullen.

> Zonder tijdig antwoord verschuift uw migratie naar de volgende datum.
`,
  de: `
Erinnerung: Wir erwarten Ihre Arbeitsmappe mit den Adressen

Wir haben Ihre ausgefüllte Arbeitsmappe noch nicht erhalten. Wir brauchen sie, um Ihren Umzug am {day} vorzubereiten.

| Zurückzusenden spätestens am | {at.answers-due}
?open-answers | Noch erwartete Arbeitsmappen | {open-answers}

?link.page [Ausgefüllte Arbeitsmappe einreichen](link.page)
!link.page ?link.answers [Ausgefüllte Arbeitsmappe einreichen](link.answers)
!link.page !link.answers Senden Sie sie als Antwort auf diese Nachricht zurück.

Haben Sie sie inzwischen verschickt, so ist nichts mehr zu tun. Haben Sie eine Frage, so schreiben Sie uns: Wir können sie gemeinsam mit Ihnen ausfüllen.

> Ohne rechtzeitige Antwort verschiebt sich Ihr Umzug auf den nächsten Termin.
`,
  en: `
Reminder: we are waiting for your workbook of addresses

We have not yet received your completed workbook. We need it to prepare your move on {day}.

| To be sent back no later than | {at.answers-due}
?open-answers | Workbooks still missing | {open-answers}

?link.page [Hand in the completed workbook](link.page)
!link.page ?link.answers [Hand in the completed workbook](link.answers)
!link.page !link.answers Send it back in reply to this message.

If you have sent it in the meantime, there is nothing more to do. If you have a question, write to us: we can complete it together with you.

> Without an answer in time, your move will be postponed to the next date.
`,
}
