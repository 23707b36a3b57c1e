import type { Template } from './template.ts'

/** F12: the way to the first password. The password itself never stands in a notice. */
export const password: Template = {
  for: 'owner',
  fr: `
Votre premier mot de passe pour la nouvelle messagerie

Votre boîte **{address}** est prête dans la nouvelle messagerie. Un premier mot de passe a été préparé pour vous.

## Obtenir votre mot de passe
1. Ouvrez la page ci-dessous à l’abri des regards.
2. Cliquez sur le bouton qui affiche le mot de passe. **Il ne s’affiche qu’une seule fois.**
3. Connectez-vous à la nouvelle messagerie et choisissez aussitôt votre propre mot de passe.

[Afficher mon mot de passe](link.password)

| Adresse de connexion | {address}
?new-login | Identifiant | {new-login}

> Ne transférez pas ce message : le lien n’est que pour vous. Personne ne vous demandera votre mot de passe, ni par courriel ni par téléphone. Si la page dit que le mot de passe a déjà été affiché et que ce n’était pas vous, prévenez-nous tout de suite.
`,
  nl: `
Uw eerste wachtwoord voor het nieuwe mailsysteem

Uw mailbox **{address}** staat klaar in het nieuwe mailsysteem. Er is een eerste wachtwoord voor u klaargezet.

## Uw wachtwoord ophalen
1. Open de onderstaande pagina wanneer niemand meekijkt.
2. Klik op de knop die het wachtwoord toont. **Het wordt maar één keer getoond.**
3. Meld u aan bij het nieuwe mailsysteem en kies meteen een eigen wachtwoord.

[Mijn wachtwoord tonen](link.password)

| Adres om aan te melden | {address}
?new-login | Aanmeldnaam | {new-login}

> Stuur dit bericht niet door: de link is alleen voor u. Niemand zal u naar uw wachtwoord vragen, niet per e-mail en niet per telefoon. Zegt de pagina dat het wachtwoord al getoond is en was u dat niet, verwittig ons dan meteen.
`,
  de: `
Ihr erstes Kennwort für das neue E-Mail-System

Ihr Postfach **{address}** steht im neuen E-Mail-System bereit. Ein erstes Kennwort ist für Sie hinterlegt.

## Ihr Kennwort abrufen
1. Öffnen Sie die folgende Seite, wenn niemand mitliest.
2. Klicken Sie auf die Schaltfläche, die das Kennwort anzeigt. **Es wird nur ein einziges Mal angezeigt.**
3. Melden Sie sich am neuen System an und wählen Sie sofort ein eigenes Kennwort.

[Mein Kennwort anzeigen](link.password)

| Adresse für die Anmeldung | {address}
?new-login | Anmeldename | {new-login}

> Leiten Sie diese Nachricht nicht weiter: Der Link ist nur für Sie. Niemand wird Sie nach Ihrem Kennwort fragen, weder per E-Mail noch am Telefon. Sagt die Seite, das Kennwort sei schon angezeigt worden, und waren Sie es nicht, so melden Sie sich sofort bei uns.
`,
  en: `
Your first password for the new mail system

Your mailbox **{address}** is ready in the new mail system. A first password has been prepared for you.

## Getting your password
1. Open the page below when nobody can look over your shoulder.
2. Click the button that shows the password. **It is shown only once.**
3. Sign in to the new mail system and choose a password of your own at once.

[Show my password](link.password)

| Address to sign in with | {address}
?new-login | Sign-in name | {new-login}

> Do not forward this message: the link is for you alone. Nobody will ask you for your password, by email or by telephone. If the page says that the password has already been shown, and it was not you, tell us at once.
`,
}
