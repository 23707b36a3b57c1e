import type { Language } from '../intake/words.ts'

/** The words of the page that shows something once. */
export type PageWords = {
  title: string
  /** Before it is shown; `what` is an address, or the archive. */
  ready: (what: string) => string
  once: string
  until: (date: string) => string
  notBefore: (date: string) => string
  askCode: string
  codeHint: string
  button: string
  wrongCode: (left: number) => string
  locked: string
  gone: string
  unknown: string
  shown: (what: string) => string
  typing: string
  change: string
  close: string
  archive: string
  /** The page of a trustee, through which he fetches the archive. */
  fetchTitle: string
  fetchReady: string
  fetchTold: string
  fetchButton: string
}

/** In each language; the page offers all four. */
export const pageWords: Readonly<Record<Language, PageWords>> = {
  fr: {
    title: 'Votre mot de passe',
    ready: what => `Cette page affiche une seule fois le mot de passe de ${what}.`,
    once: 'Prenez de quoi le noter avant de l’afficher : il ne pourra pas être affiché une deuxième fois.',
    until: date => `Le lien est valable jusqu’au ${date}.`,
    notBefore: date => `Ce mot de passe pourra être utilisé à partir du ${date}.`,
    askCode: 'Code à huit chiffres',
    codeHint: 'Ce code vous est communiqué par téléphone ou par la personne chargée de vous le remettre.',
    button: 'Afficher le mot de passe',
    wrongCode: left => `Ce code n’est pas le bon. Essais restants : ${left}.`,
    locked:
      'Trop de codes erronés ont été saisis : ce lien ne s’ouvre plus. Demandez-en un nouveau à la personne qui vous l’a envoyé.',
    gone: 'Ce lien a déjà été ouvert ou n’est plus valable. Si ce n’est pas vous qui l’avez ouvert, signalez-le sans attendre et demandez un nouveau mot de passe.',
    unknown: 'Ce lien n’est pas reconnu. Vérifiez que vous l’avez copié en entier.',
    shown: what => `Mot de passe de ${what}`,
    typing: 'Les tirets font partie du mot de passe.',
    change: 'Lors de votre première connexion, vous en choisirez un nouveau.',
    close: 'Il n’est plus conservé nulle part. Notez-le maintenant, puis fermez cette page.',
    archive: 'l’archive des mots de passe',
    fetchTitle: 'Mots de passe à remettre',
    fetchReady:
      'Cette page vous permet de télécharger l’archive chiffrée des mots de passe dont la remise vous est confiée : une liste, et une lettre par personne. Chaque téléchargement est enregistré.',
    fetchTold:
      'L’archive s’ouvre avec un mot de passe qui vous est communiqué par une autre voie. Détruisez-la une fois les lettres remises.',
    fetchButton: 'Télécharger l’archive',
  },
  nl: {
    title: 'Uw wachtwoord',
    ready: what => `Deze pagina toont het wachtwoord van ${what} één keer.`,
    once: 'Neem iets om het op te schrijven voordat u het toont: een tweede keer kan niet.',
    until: date => `De link is geldig tot ${date}.`,
    notBefore: date => `Dit wachtwoord kan worden gebruikt vanaf ${date}.`,
    askCode: 'Code van acht cijfers',
    codeHint: 'U krijgt deze code per telefoon of van de persoon die hem u bezorgt.',
    button: 'Wachtwoord tonen',
    wrongCode: left => `Deze code klopt niet. Resterende pogingen: ${left}.`,
    locked: 'Er zijn te veel foute codes ingevoerd: deze link gaat niet meer open. Vraag een nieuwe aan wie u de link stuurde.',
    gone: 'Deze link werd al geopend of is niet meer geldig. Hebt u hem niet zelf geopend, meld dat dan meteen en vraag een nieuw wachtwoord.',
    unknown: 'Deze link is niet bekend. Controleer of u hem volledig hebt gekopieerd.',
    shown: what => `Wachtwoord van ${what}`,
    typing: 'De streepjes horen bij het wachtwoord.',
    change: 'Bij uw eerste aanmelding kiest u een nieuw wachtwoord.',
    close: 'Het wordt nergens meer bewaard. Schrijf het nu op en sluit daarna deze pagina.',
    archive: 'het archief met de wachtwoorden',
    fetchTitle: 'Wachtwoorden om te bezorgen',
    fetchReady:
      'Via deze pagina downloadt u het versleutelde archief met de wachtwoorden die u moet bezorgen: een lijst en een brief per persoon. Elke download wordt geregistreerd.',
    fetchTold:
      'Het archief gaat open met een wachtwoord dat u langs een andere weg krijgt. Vernietig het zodra de brieven bezorgd zijn.',
    fetchButton: 'Archief downloaden',
  },
  de: {
    title: 'Ihr Kennwort',
    ready: what => `Diese Seite zeigt das Kennwort für ${what} ein einziges Mal.`,
    once: 'Legen Sie sich etwas zum Aufschreiben bereit, bevor Sie es anzeigen: Ein zweites Mal ist nicht möglich.',
    until: date => `Der Link gilt bis ${date}.`,
    notBefore: date => `Dieses Kennwort kann ab ${date} verwendet werden.`,
    askCode: 'Achtstelliger Code',
    codeHint: 'Sie erhalten diesen Code telefonisch oder von der Person, die ihn Ihnen übergibt.',
    button: 'Kennwort anzeigen',
    wrongCode: left => `Dieser Code stimmt nicht. Verbleibende Versuche: ${left}.`,
    locked:
      'Es wurden zu viele falsche Codes eingegeben: Dieser Link öffnet sich nicht mehr. Bitten Sie die Person, die ihn gesandt hat, um einen neuen.',
    gone: 'Dieser Link wurde bereits geöffnet oder ist nicht mehr gültig. Wenn Sie ihn nicht selbst geöffnet haben, melden Sie das sofort und verlangen Sie ein neues Kennwort.',
    unknown: 'Dieser Link ist nicht bekannt. Prüfen Sie, ob Sie ihn vollständig kopiert haben.',
    shown: what => `Kennwort für ${what}`,
    typing: 'Die Bindestriche gehören zum Kennwort.',
    change: 'Bei der ersten Anmeldung wählen Sie ein neues.',
    close: 'Es wird nirgends mehr aufbewahrt. Schreiben Sie es jetzt auf und schließen Sie dann diese Seite.',
    archive: 'das Archiv der Kennwörter',
    fetchTitle: 'Auszuhändigende Kennwörter',
    fetchReady:
      'Auf dieser Seite laden Sie das verschlüsselte Archiv der Kennwörter herunter, die Sie aushändigen: eine Liste und einen Brief pro Person. Jeder Abruf wird festgehalten.',
    fetchTold:
      'Das Archiv öffnet sich mit einem Kennwort, das Sie auf einem anderen Weg erhalten. Vernichten Sie es, sobald die Briefe ausgehändigt sind.',
    fetchButton: 'Archiv herunterladen',
  },
  en: {
    title: 'Your password',
    ready: what => `This page shows the password of ${what} once.`,
    once: 'Have something to write it down with before you show it: it cannot be shown a second time.',
    until: date => `The link is valid until ${date}.`,
    notBefore: date => `This password can be used from ${date}.`,
    askCode: 'Eight-digit code',
    codeHint: 'You are told this code by telephone, or by the person who hands it to you.',
    button: 'Show the password',
    wrongCode: left => `This code is not the right one. Attempts left: ${left}.`,
    locked: 'Too many wrong codes were given: this link no longer opens. Ask the person who sent it for another.',
    gone: 'This link has been opened already, or is no longer valid. If it was not you who opened it, report that at once and ask for a new password.',
    unknown: 'This link is not known. Check that you have copied all of it.',
    shown: what => `Password of ${what}`,
    typing: 'The dashes are part of the password.',
    change: 'When you first sign in you will choose a new one.',
    close: 'It is kept nowhere any more. Write it down now, then close this page.',
    archive: 'the archive of passwords',
    fetchTitle: 'Passwords to hand out',
    fetchReady:
      'On this page you download the encrypted archive of the passwords that you hand out: a list, and a letter for each person. Every download is recorded.',
    fetchTold: 'The archive opens with a password that you are told in another way. Destroy it once the letters are handed out.',
    fetchButton: 'Download the archive',
  },
}
