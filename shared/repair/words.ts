/** What the reader of an enveloped message is told, in the four languages of our users. */
export function enveloped(file: string, refused: string): string {
  const said = refused ? `\r\n> ${refused}\r\n` : ''
  return [
    `[FR] Ce message n’a pas pu être enregistré tel quel dans cette messagerie. L’original est joint, complet et inchangé, dans le fichier « ${file} » : ouvrez-le pour le lire avec ses pièces jointes.`,
    `[NL] Dit bericht kon niet in zijn oorspronkelijke vorm in deze mailbox worden opgeslagen. Het origineel is volledig en ongewijzigd bijgevoegd als „${file}”: open dat bestand om het bericht met zijn bijlagen te lezen.`,
    `[DE] Diese Nachricht konnte in diesem Postfach nicht in ihrer ursprünglichen Form gespeichert werden. Das Original ist vollständig und unverändert als „${file}“ angehängt: Öffnen Sie diese Datei, um die Nachricht mit ihren Anhängen zu lesen.`,
    `[EN] This message could not be stored in this mailbox as it was. The original is attached, complete and unchanged, as “${file}”: open that file to read the message with its attachments.`,
  ]
    .join('\r\n\r\n')
    .concat('\r\n', said)
}
