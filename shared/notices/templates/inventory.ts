import type { Template } from './template.ts'

/** A4 to A7: the workbook with today's addresses goes to whoever decides what becomes of each. */
export const inventory: Template = {
  for: 'others',
  fr: `
Vos adresses actuelles : classeur à compléter

Vous trouverez en pièce jointe un classeur avec toutes vos adresses actuelles. Il nous dira ce que chacune doit devenir dans la nouvelle messagerie.

| Date prévue de la migration | {day}
| Adresses à examiner | {mailboxes}
?size | Taille totale | {size}
| Classeur à renvoyer au plus tard le | {at.answers-due}

## Pour chaque adresse
1. Dites si elle doit être conservée. Les adresses que vous ne gardez pas ne seront pas migrées.
2. Choisissez ce qu’elle devient : une boîte personnelle, une boîte partagée ou un alias d’une autre adresse.
3. Pour une boîte partagée, indiquez les personnes qui y auront accès, chacune par son adresse personnelle.
4. Complétez le nom, le prénom, la fonction et le téléphone : ces données figureront dans l’annuaire.
5. Ajoutez les nouvelles adresses dans les lignes libres, en bas de la liste.

?cost Avec les licences prévues à ce jour, le coût mensuel est estimé à **{cost}**. Tout supplément vous sera communiqué avant la bascule.

> N’écrivez aucun mot de passe dans le classeur.

## Renvoyer le classeur
?link.page [Déposer le classeur complété](link.page)
!link.page ?link.answers [Déposer le classeur complété](link.answers)
!link.page !link.answers Renvoyez le classeur complété en réponse à ce message.
Un classeur incomplet vous revient avec les seules lignes à corriger. Sans réponse à temps, votre migration passe à la date suivante.
`,
  nl: `
Uw huidige adressen: gelieve de werkmap in te vullen

In de bijlage vindt u een werkmap met al uw huidige adressen. Daarmee laat u ons weten wat er in het nieuwe mailsysteem met elk adres moet gebeuren.

| Geplande datum van de migratie | {day}
| Te bekijken adressen | {mailboxes}
?size | Totale omvang | {size}
| Werkmap terug te sturen uiterlijk op | {at.answers-due}

## Voor elk adres
1. Geef aan of het behouden moet blijven. Adressen die u niet behoudt, worden niet gemigreerd.
2. Kies wat het wordt: een persoonlijke mailbox, een gedeelde mailbox of een alias van een ander adres.
3. Geef bij een gedeelde mailbox op wie er toegang toe krijgt, elk met het persoonlijke adres.
4. Vul naam, voornaam, functie en telefoon aan: die gegevens komen in het adresboek.
5. Voeg nieuwe adressen toe in de vrije rijen, onderaan de lijst.

?cost Met de licenties die nu gepland zijn, worden de maandelijkse kosten op **{cost}** geraamd. Een eventuele toeslag verneemt u vóór de overstap.

> Schrijf geen enkel wachtwoord in de werkmap.

## De werkmap terugsturen
?link.page [De ingevulde werkmap indienen](link.page)
!link.page ?link.answers [De ingevulde werkmap indienen](link.answers)
!link.page !link.answers Stuur de ingevulde werkmap terug als antwoord op dit bericht.
Een onvolledige werkmap krijgt u terug met enkel de rijen die verbeterd moeten worden. Zonder tijdig antwoord verschuift uw migratie naar de volgende datum.
`,
  de: `
Ihre heutigen Adressen: bitte die Arbeitsmappe ausfüllen

Im Anhang finden Sie eine Arbeitsmappe mit allen Ihren heutigen Adressen. Damit sagen Sie uns, was im neuen E-Mail-System aus jeder Adresse werden soll.

| Geplanter Tag des Umzugs | {day}
| Zu prüfende Adressen | {mailboxes}
?size | Gesamtgröße | {size}
| Arbeitsmappe zurücksenden bis | {at.answers-due}

## Zu jeder Adresse
1. Geben Sie an, ob sie erhalten bleiben soll. Adressen, die Sie nicht behalten, ziehen nicht um.
2. Wählen Sie, was aus ihr wird: ein persönliches Postfach, ein freigegebenes Postfach oder ein Alias einer anderen Adresse.
3. Geben Sie bei einem freigegebenen Postfach an, wer Zugang erhält, jede Person mit ihrer persönlichen Adresse.
4. Ergänzen Sie Name, Vorname, Funktion und Telefon: Diese Angaben erscheinen im Adressbuch.
5. Tragen Sie neue Adressen in die freien Zeilen am Ende der Liste ein.

?cost Mit den bisher vorgesehenen Lizenzen werden die monatlichen Kosten auf **{cost}** geschätzt. Einen Aufpreis erfahren Sie vor der Umstellung.

> Schreiben Sie kein Kennwort in die Arbeitsmappe.

## Die Arbeitsmappe zurücksenden
?link.page [Ausgefüllte Arbeitsmappe einreichen](link.page)
!link.page ?link.answers [Ausgefüllte Arbeitsmappe einreichen](link.answers)
!link.page !link.answers Senden Sie die ausgefüllte Arbeitsmappe als Antwort auf diese Nachricht zurück.
Eine unvollständige Arbeitsmappe erhalten Sie nur mit den Zeilen zurück, die zu berichtigen sind. Ohne rechtzeitige Antwort verschiebt sich Ihr Umzug auf den nächsten Termin.
`,
  en: `
Your current addresses: workbook to complete

Attached is a workbook with all your current addresses. With it you tell us what each of them is to become in the new mail system.

| Planned date of the move | {day}
| Addresses to look at | {mailboxes}
?size | Total size | {size}
| Workbook to be sent back by | {at.answers-due}

## For each address
1. Say whether it is to be kept. Addresses that you do not keep will not be moved.
2. Choose what it becomes: a personal mailbox, a shared mailbox, or an alias of another address.
3. For a shared mailbox, name the people who will have access, each by their personal address.
4. Complete surname, first name, function and telephone: they will appear in the directory.
5. Add new addresses in the free rows at the bottom of the list.

?cost With the licences planned so far, the monthly cost is estimated at **{cost}**. You will be told of any surcharge before the switch.

> Do not write any password into the workbook.

## Sending the workbook back
?link.page [Hand in the completed workbook](link.page)
!link.page ?link.answers [Hand in the completed workbook](link.answers)
!link.page !link.answers Send the completed workbook back in reply to this message.
An incomplete workbook comes back to you with only the rows to correct. Without an answer in time, your move will be postponed to the next date.
`,
}
