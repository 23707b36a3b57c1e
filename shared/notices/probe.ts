import type { Language } from '../intake/words.ts'
import { noticeHeader } from './header.ts'
import { composePlain, type PlainLetter } from './mime.ts'

/** What a probe says to whoever finds it in his mailbox, while its mail is led over, or back. */
const words: Readonly<Record<Language, { subject: string; over: string; back: string }>> = {
  fr: {
    subject: 'Contrôle automatique du courrier',
    over: 'Votre boîte aux lettres déménage. Ce message automatique vérifie où arrivent vos nouveaux messages. Vous n’avez rien à faire et pouvez le supprimer.',
    back: 'Vos nouveaux messages sont de nouveau dirigés vers cette boîte aux lettres. Ce message automatique vérifie s’ils y arrivent. Vous n’avez rien à faire et pouvez le supprimer.',
  },
  nl: {
    subject: 'Automatische controle van de e-mail',
    over: 'Uw mailbox verhuist. Dit automatische bericht gaat na waar uw nieuwe berichten aankomen. U hoeft niets te doen en mag het verwijderen.',
    back: 'Uw nieuwe berichten worden weer naar deze mailbox geleid. Dit automatische bericht gaat na of ze hier aankomen. U hoeft niets te doen en mag het verwijderen.',
  },
  de: {
    subject: 'Automatische Prüfung der E-Mail',
    over: 'Ihr Postfach zieht um. Diese automatische Nachricht prüft, wo Ihre neuen Nachrichten ankommen. Sie brauchen nichts zu tun und können sie löschen.',
    back: 'Ihre neuen Nachrichten werden wieder in dieses Postfach geleitet. Diese automatische Nachricht prüft, ob sie hier ankommen. Sie brauchen nichts zu tun und können sie löschen.',
  },
  en: {
    subject: 'Automatic mail check',
    over: 'Your mailbox is moving. This automatic message checks where your new messages arrive. You need not do anything and may delete it.',
    back: 'Your new messages are being led back to this mailbox. This automatic message checks whether they arrive here. You need not do anything and may delete it.',
  },
}

/** A letter to a mailbox that shows where its new mail arrives. Neither side copies it, and nothing answers it. */
export function probeLetter(
  envelope: Omit<PlainLetter, 'subject' | 'text' | 'headers'>,
  languages: readonly Language[],
  way: 'over' | 'back',
): Promise<Buffer> {
  return composePlain({
    ...envelope,
    subject: languages.map(language => words[language].subject).join(' – '),
    text: `${languages.map(language => words[language][way]).join('\r\n\r\n')}\r\n`,
    headers: {
      [noticeHeader]: 'probe',
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      'Content-Language': languages.join(', '),
    },
  })
}
