/** Marks a letter of ours in an old mailbox, a notice that was put there to be read or a probe, so that it is not taken for mail to move. */
export const noticeHeader = 'X-Releve-Notice'
