/** Marks a notice that was put into an old mailbox to be read there, so that it is not taken for mail to move. */
export const noticeHeader = 'X-Releve-Notice'
